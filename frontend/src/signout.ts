/** Whoever signs out leaves nothing typed in the browser for the next person at this machine. */

const PREFIX = "junheng-typed:";

document.addEventListener("submit", (event) => {
  const form = event.target as HTMLFormElement;
  if (event.defaultPrevented || !form.matches("[data-signs-out]")) return;
  for (const storage of [localStorage, sessionStorage]) {
    for (const key of Object.keys(storage)) {
      if (key.startsWith(PREFIX)) storage.removeItem(key);
    }
  }
});
