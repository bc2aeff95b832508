/* Leaving a field or Escape puts its calendar away. The field keeps what was typed, which upstream would replace by
   today's date where its calendar cannot read it; the server reads more ways of writing a day. */
const OPENS_AFTER = 150; // milliseconds: a calendar waits a little before it opens, perhaps longer than its field is used

let left, second; // the field, and its later closing, which must not meet a person who has come back meanwhile

function putAway({ target }) {
  const calendar = window.jQuery?.(target).data("xdsoft_datetimepicker");
  if (!calendar) return;
  calendar.trigger("close.xdsoft");
  left = target;
  second = setTimeout(() => calendar.trigger("close.xdsoft"), OPENS_AFTER);
}

document.addEventListener("focusin", ({ target }) => target === left && clearTimeout(second));
document.addEventListener("focusout", putAway);
document.addEventListener("keydown", (event) => event.key === "Escape" && putAway(event), true);
