// Suggestions below a search field, as the combobox pattern of ARIA describes it. Without this file the form just works.
const WAIT = 150; // milliseconds after the last key

for (const field of document.querySelectorAll("input[data-suggestions]")) combobox(field);

// The other thing of the header that opens: Escape closes the menu and goes back to its button.
const menu = document.querySelector(".sections-menu details");
menu?.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  menu.open = false;
  menu.querySelector("summary").focus();
});

function combobox(field) {
  const list = document.createElement("ul");
  const status = document.createElement("span");
  let timer, request, active = -1, composing = false;
  list.id = `${field.id}-suggestions`;
  list.className = "suggestions";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", field.dataset.suggestionsLabel);
  list.hidden = true;
  status.className = "visually-hidden";
  status.setAttribute("role", "status");
  field.form.append(list, status);
  for (const [name, value] of Object.entries({
    role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id,
  })) field.setAttribute(name, value);

  function close() {
    clearTimeout(timer);
    request?.abort();
    list.hidden = true;
    status.textContent = "";
    active = -1;
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  }

  function show(suggestions) {
    list.replaceChildren(...suggestions.map(({ text, url, lang }, index) => {
      const option = document.createElement("li");
      option.id = `${list.id}-${index}`;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      option.textContent = text;
      option.dataset.url = url;
      if (lang) option.lang = lang;
      return option;
    }));
    active = -1;
    list.hidden = !suggestions.length;
    field.setAttribute("aria-expanded", String(!list.hidden));
    field.removeAttribute("aria-activedescendant");
    status.textContent = suggestions.length ? field.dataset.suggestionsCount.replace("%s", suggestions.length) : "";
  }

  function mark(index) {
    list.children[active]?.setAttribute("aria-selected", "false");
    active = index;
    const option = list.children[active];
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    if (option) field.setAttribute("aria-activedescendant", option.id);
    else field.removeAttribute("aria-activedescendant");
  }

  async function ask() {
    request?.abort();
    request = new AbortController();
    const address = new URL(field.dataset.suggestions, location.href);
    address.searchParams.set("q", field.value);
    try {
      const response = await fetch(address, { signal: request.signal });
      if (response.ok && document.activeElement === field) show((await response.json()).suggestions);
    } catch (error) {
      if (error.name !== "AbortError") close();
    }
  }

  function later() {
    clearTimeout(timer);
    if (composing) return;
    if (field.value.trim()) timer = setTimeout(ask, WAIT);
    else close();
  }

  field.addEventListener("input", later);
  field.addEventListener("compositionstart", () => { composing = true; });
  field.addEventListener("compositionend", () => { composing = false; later(); });
  field.addEventListener("keydown", (event) => {
    const last = list.children.length - 1;
    if (event.isComposing || list.hidden) return;
    if (event.key === "ArrowDown") mark(active === last ? -1 : active + 1);
    else if (event.key === "ArrowUp") mark(active === -1 ? last : active - 1);
    else if (event.key === "Escape") close();
    else if (event.key === "Enter" && active >= 0) location.assign(list.children[active].dataset.url);
    else return;
    event.preventDefault();
  });
  field.addEventListener("blur", close);
  list.addEventListener("mousedown", (event) => event.preventDefault()); // the field keeps the focus
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) location.assign(option.dataset.url);
  });
}
