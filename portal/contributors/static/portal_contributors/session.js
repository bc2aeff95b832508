/* A window of the administration whose session has ended says so, and keeps what was filled in until one is back. */
let home = null;

function say({ message, login, label }) {
  const place = document.querySelector(".modal .modal-body") ?? document.querySelector("main");
  const inWindow = place.matches(".modal-body");
  place.querySelector("[data-session-ended]")?.remove();
  const words = document.createElement("p");
  words.className = inWindow ? "help-block help-critical" : "help-block help-critical session-ended";
  words.setAttribute("role", "alert");
  words.dataset.sessionEnded = "";
  const link = document.createElement("a");
  Object.assign(link, { href: login, target: "_blank", rel: "noopener", textContent: label });
  words.append(`${message} `, link);
  place.prepend(words);
  if (inWindow) words.scrollIntoView({ block: "nearest" }); // over a page it stays in sight, and nobody's place is lost
}

/* A pressed button waits, disabled, for a page that will not come; given back, it can be pressed again at once. */
function giveBackButtons() {
  for (const button of document.querySelectorAll("[data-w-progress-loading-value=true]")) {
    button.dataset.wProgressLoadingValue = "false";
  }
}

/* Signing in changed the token that forms carry; the one of the new session lies in any page. */
async function renew() {
  if (home === null) return;
  const answer = await fetch(home, { headers: { Accept: "text/html" } });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const settings = page.getElementById("wagtail-config");
  if (!settings) return; // still signed out
  home = null;
  const token = JSON.parse(settings.textContent).CSRF_TOKEN;
  window.wagtailConfig.CSRF_TOKEN = token;
  for (const field of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) field.value = token;
  document.querySelector("[data-session-ended]")?.remove();
}

function end(words) {
  if (!words.login) return;
  home = words.home;
  say(words);
  giveBackButtons();
}

/* An editor asks every few seconds who else is there: so it hears of the end before anybody presses a button. */
const ask = window.fetch;
window.fetch = async (...request) => {
  const answer = await ask(...request);
  if (answer.status === 401) answer.clone().json().then(end, () => {});
  return answer;
};

/* A form sent now would become the form to sign in with, and what was written since the last save would be gone. */
function keep(event) {
  if (home === null || event.target.method !== "post") return;
  event.preventDefault();
  event.stopImmediatePropagation();
  setTimeout(giveBackButtons); // the pressed button begins to wait after this
  document.querySelector("[data-session-ended] a")?.focus();
}

document.addEventListener("submit", keep, true);
document.addEventListener("DOMContentLoaded", () => {
  window.addEventListener("focus", renew);
  if (!window.jQuery) return;
  window.jQuery(document).ajaxError((_event, answer) => {
    if (answer.status === 401) end(JSON.parse(answer.responseText)); // windows ask for text: there is no responseJSON
  });
});
