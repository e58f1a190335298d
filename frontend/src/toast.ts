/** A short message in the corner, read out by screen readers; it goes by itself unless it is bad news. */

type Tone = "info" | "good" | "warn" | "bad";

interface Offer {
  text: string;
  act: () => void;
}

export function toast(text: string, tone: Tone = "info", offer?: Offer): void {
  const place = document.getElementById("toasts");
  if (!place) return;
  const message = document.createElement("p");
  message.className = `toast ${tone}`;
  message.textContent = text;
  if (offer) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button small";
    button.textContent = offer.text;
    button.addEventListener("click", offer.act);
    message.append(" ", button);
  }
  message.addEventListener("click", () => message.remove());
  place.append(message);
  if (tone !== "bad") setTimeout(() => message.remove(), offer ? 15000 : 6000);
}
