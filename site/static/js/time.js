// Says how old news is, for a day. Without it the full date stands there.

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const ages = new Intl.RelativeTimeFormat(document.documentElement.lang, { style: "short" });

/** Show the age of a <time> while it is less than a day; its title keeps the full date. */
export function showAge(time) {
  time.title ||= time.textContent;
  const age = Date.now() - Date.parse(time.dateTime);
  // On a late clock news comes from the future.
  if (!(age >= 0 && age < 24 * HOUR)) time.textContent = time.title;
  else if (age < HOUR) time.textContent = ages.format(-Math.max(Math.floor(age / MINUTE), 1), "minute");
  else time.textContent = ages.format(-Math.floor(age / HOUR), "hour");
}

/** Show the age of everything on the page that is news. */
export function showAll() {
  document.querySelectorAll("time[data-relative]").forEach(showAge);
}

showAll();
setInterval(showAll, MINUTE);
addEventListener("pageshow", showAll);
