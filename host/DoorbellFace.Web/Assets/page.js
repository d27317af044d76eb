// Every page: what a form came to is heard, and whoever has sent one knows that it is at work. Everything works without this file.
const status = document.getElementById("status");
const trouble = document.getElementById("trouble");
const apart = 1000, remains = 5000;
let lastSaid = 0;
let waiting = 0;

/** Says what the page shows elsewhere as well: it is heard, and not seen and read a second time. */
export const tell = (sentence, language = "") => say(sentence, language, true);

/** Puts a sentence where a screen reader hears it; sentences are a second apart, and a newer one takes the place of one that waits. */
export function say(sentence, language = "", isHeardAlone = false) {
  clearTimeout(waiting);
  waiting = setTimeout(() => {
    lastSaid = Date.now();
    status.classList.toggle("heard", isHeardAlone);
    if (isHeardAlone) waiting = setTimeout(() => { status.textContent = ""; }, remains);
    // What the door speaks may be of another language than the page.
    if (language && language !== document.documentElement.lang) status.lang = language;
    else status.removeAttribute("lang");
    status.textContent = sentence;
  }, Math.max(0, lastSaid + apart - Date.now()));
}

// What a form came to begins the title, which is read first; a region that has its text from the beginning stays silent, so that nothing
// is heard twice. What went wrong has the focus, also where the page itself has put it elsewhere.
if (trouble.textContent.trim()) trouble.focus();

document.addEventListener("submit", (event) => {
  const button = event.submitter;
  if (!button) return;
  // Sent once, however often it is pressed; the button keeps the focus.
  if (button.getAttribute("aria-disabled") === "true") {
    event.preventDefault();
    return;
  }
  button.setAttribute("aria-disabled", "true");
  if (button.dataset.busy) say(button.dataset.busy);
});

// A page that takes its time says so before it comes.
document.addEventListener("click", (event) => {
  const link = event.target instanceof Element && event.target.closest("a[data-busy]");
  if (link) say(link.dataset.busy);
});

// Whoever comes back by the browser's arrow finds the buttons ready.
addEventListener("pageshow", () =>
  document.querySelectorAll("button[aria-disabled]").forEach((button) => button.removeAttribute("aria-disabled")));
