/* A window of the administration whose session has ended says so, and keeps what was filled in until one is back. */
let home = null;

function say({ message, login, label }) {
  const place = document.querySelector(".modal .modal-body") ?? document.querySelector("main");
  place.querySelector("[data-session-ended]")?.remove();
  const words = document.createElement("p");
  words.className = "help-block help-critical";
  words.setAttribute("role", "alert");
  words.dataset.sessionEnded = "";
  const link = document.createElement("a");
  Object.assign(link, { href: login, target: "_blank", rel: "noopener", textContent: label });
  words.append(`${message} `, link);
  place.prepend(words);
  words.scrollIntoView({ block: "nearest" });
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

document.addEventListener("DOMContentLoaded", () => {
  if (!window.jQuery) return;
  window.jQuery(document).ajaxError((_event, answer) => {
    if (answer.status !== 401) return;
    const words = JSON.parse(answer.responseText); // windows ask for text, so there is no responseJSON
    home = words.home;
    say(words);
    giveBackButtons();
  });
  window.addEventListener("focus", renew);
});
