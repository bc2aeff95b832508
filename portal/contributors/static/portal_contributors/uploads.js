/* What a file tells that was just uploaded from an editor: the chooser closes, so it is said beside the page. */
const SECONDS = 30;

function tell(text) {
  document.querySelector("[data-told]")?.remove();
  const words = document.createElement("p");
  words.className = "help-block help-warning told";
  words.setAttribute("role", "alert");
  words.dataset.told = "";
  words.textContent = text;
  words.addEventListener("click", () => words.remove());
  document.body.append(words);
  setTimeout(() => words.remove(), SECONDS * 1000);
}

document.addEventListener("DOMContentLoaded", () => {
  window.jQuery?.(document).on("ajaxComplete", (_event, answer) => {
    const told = answer.getResponseHeader?.("X-Portal-Told");
    if (told) tell(decodeURIComponent(told));
  });
});
