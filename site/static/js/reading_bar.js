// Headline, tools and progress while one reads. Without it the bar stays hidden.

const bar = document.querySelector("[data-reading-bar]");
const progress = bar.querySelector("[data-reading-progress]");
const headline = document.querySelector("h1");
const body = document.querySelector("[data-article-body]");

function measure() {
  const { top, height } = body.getBoundingClientRect();
  const way = height - innerHeight;
  // The browser keeps the value between 0 and the maximum.
  progress.value = way > 0 ? (-100 * top) / way : 100;
}

if (headline && body) {
  new IntersectionObserver(([{ isIntersecting, boundingClientRect }]) => {
    bar.hidden = isIntersecting || boundingClientRect.top > 0;
    measure();
  }).observe(headline);
  document.addEventListener("scroll", () => bar.hidden || measure(), { passive: true });
}
