/** A short message in the corner, read out by screen readers; it goes by itself unless it is bad news. */

type Tone = "info" | "good" | "warn" | "bad";

export function toast(text: string, tone: Tone = "info"): void {
  const place = document.getElementById("toasts");
  if (!place) return;
  const message = document.createElement("p");
  message.className = `toast ${tone}`;
  message.textContent = text;
  message.addEventListener("click", () => message.remove());
  place.append(message);
  if (tone !== "bad") setTimeout(() => message.remove(), 6000);
}
