/** Whoever signs out leaves nothing typed in the browser for the next person at this machine. */

const PREFIX = "junheng-typed:";

document.addEventListener("submit", (event) => {
  const form = event.target as HTMLFormElement;
  if (event.defaultPrevented || !form.matches("[data-signs-out]")) return;
  for (const key of Object.keys(localStorage)) {
    if (key.startsWith(PREFIX)) localStorage.removeItem(key);
  }
});
