/**
 * Figures of a report say what they are when pointed at, clicked or reached by the keyboard. All share one box, and one
 * stop of the Tab key: from there the arrows go from figure to figure. Without this script their titles say the same.
 */

const GAP = 8;
const STEPS: Record<string, number> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

export function start(report: HTMLElement): void {
  const figures = [...report.querySelectorAll<HTMLElement>(".figure")];
  const box = document.createElement("div");
  box.className = "figure-says";
  box.id = "figure-says";
  box.setAttribute("role", "tooltip");
  box.hidden = true;
  document.body.append(box);
  for (const [at, figure] of figures.entries()) {
    figure.dataset.says = figure.title;
    figure.removeAttribute("title");
    figure.tabIndex = at === 0 ? 0 : -1;
  }

  const found = (event: Event): HTMLElement | null => (event.target as Element).closest<HTMLElement>(".figure");
  const show = (figure: HTMLElement): void => {
    box.replaceChildren(...lines(figure.dataset.says ?? ""));
    box.hidden = false;
    figure.setAttribute("aria-describedby", box.id);
    place(box, figure);
  };
  const hide = (): void => {
    box.hidden = true;
    report.querySelector(".figure[aria-describedby]")?.removeAttribute("aria-describedby");
  };
  const goTo = (figure: HTMLElement | undefined): void => {
    if (!figure) return;
    for (const other of report.querySelectorAll<HTMLElement>('.figure[tabindex="0"]')) other.tabIndex = -1;
    figure.tabIndex = 0;
    figure.focus();
  };

  report.addEventListener("pointerover", (event) => {
    const figure = found(event);
    if (figure) show(figure);
    else if (document.activeElement?.classList.contains("figure") !== true) hide();
  });
  report.addEventListener("pointerleave", hide);
  report.addEventListener("focusin", (event) => {
    const figure = found(event);
    if (figure) show(figure);
  });
  report.addEventListener("focusout", hide);
  report.addEventListener("click", (event) => goTo(found(event) ?? undefined));
  report.addEventListener("keydown", (event) => {
    const figure = found(event);
    if (!figure) return;
    if (event.key === "Escape") hide();
    const step = STEPS[event.key];
    if (step === undefined) return;
    event.preventDefault();
    goTo(figures[figures.indexOf(figure) + step]);
  });
  addEventListener("scroll", hide, { passive: true });
}

function lines(says: string): HTMLElement[] {
  return says.split("\n").map((words) => {
    const line = document.createElement("div");
    line.textContent = words;
    return line;
  });
}

/** Below the figure, or above it where there is no room; never over the edge. */
function place(box: HTMLElement, figure: HTMLElement): void {
  const { left, top, bottom } = figure.getBoundingClientRect();
  const { width, height } = box.getBoundingClientRect();
  const below = bottom + GAP + height <= innerHeight;
  box.style.left = `${Math.max(GAP, Math.min(left, innerWidth - width - GAP))}px`;
  box.style.top = `${below ? bottom + GAP : Math.max(GAP, top - GAP - height)}px`;
}
