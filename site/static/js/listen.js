// Reads the article aloud where the device has a voice for it. Without it the button stays hidden.
import { offer, say } from "./buttons.js";

const NOT_READ = "figcaption, details, .ad, .embed, .gallery, .pull-quote, .read-also";

const { lang } = document.documentElement;
const speech = window.speechSynthesis;
// Chrome forgets the end of an utterance that nobody holds.
let utterances = [];

const findVoice = () => speech.getVoices().find((voice) => voice.lang.startsWith(lang));

/** The text by sentences: Chrome falls silent in longer pieces. */
function sentences() {
  return [...document.querySelectorAll("[data-article-body] :is(p, h2, h3, li)")]
    .filter((part) => !part.closest(NOT_READ) && !part.querySelector("p"))
    .flatMap((part) => part.textContent.match(/[^.!?…]+[.!?…\s»]*/g) ?? []);
}

function stop(button) {
  utterances = [];
  speech.cancel();
  say(button);
}

function start(button) {
  speech.cancel();
  const voice = findVoice();
  utterances = sentences().map((text) => Object.assign(new SpeechSynthesisUtterance(text), { lang, voice }));
  if (!utterances.length) return;
  utterances.at(-1).onend = () => stop(button);
  utterances.forEach((utterance) => speech.speak(utterance));
  say(button, button.dataset.labelStop);
}

function offerOnce() {
  if (!findVoice()) return;
  speech.onvoiceschanged = null;
  offer("[data-listen]", (button) => (utterances.length ? stop : start)(button));
}

if (speech) {
  addEventListener("pagehide", () => speech.cancel());
  // Some devices know their voices late.
  speech.onvoiceschanged = offerOnce;
  offerOnce();
}
