/** Menus made of <details class="dropdown">: a click elsewhere or Escape closes them. */

function close(except: Element | null): void {
  for (const menu of document.querySelectorAll<HTMLDetailsElement>("details.dropdown[open]")) {
    if (menu !== except) menu.open = false;
  }
}

document.addEventListener("click", (event) => close((event.target as Element).closest("details.dropdown")));
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const open = (event.target as Element).closest<HTMLDetailsElement>("details.dropdown[open]");
  open?.querySelector("summary")?.focus();
  close(null);
});
