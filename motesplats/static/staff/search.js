// `/` leads to the search field, unless somebody is typing; whom that disturbs switches it off at the page's foot.
const field = document.getElementById("q");
const [switcher, KEPT] = [document.getElementById("shortcut"), "shortcut-off"];

function show() {
  switcher.hidden = false;
  switcher.setAttribute("aria-pressed", String(!localStorage.getItem(KEPT)));
}

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest?.("input, select, textarea, [contenteditable]");
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || typing || localStorage.getItem(KEPT)) return;
  event.preventDefault();
  field.focus();
  field.select();
});
switcher.addEventListener("click", () => {
  if (localStorage.getItem(KEPT)) localStorage.removeItem(KEPT);
  else localStorage.setItem(KEPT, "1");
  show();
});
show();
