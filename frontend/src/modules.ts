/** `<div data-module="grid">` runs `start(element)` of `src/grid/index.ts`, fetched only where it is needed. */

interface Module {
  start(element: HTMLElement): void;
}

const available = import.meta.glob<Module>("./*/index.ts");
const started = new WeakSet<HTMLElement>();

export function startModules(within: ParentNode): void {
  const elements = [...within.querySelectorAll<HTMLElement>("[data-module]")];
  if (within instanceof HTMLElement && within.dataset.module) elements.push(within);
  for (const element of elements) {
    const load = available[`./${element.dataset.module}/index.ts`];
    if (!load || started.has(element)) continue;
    started.add(element);
    void load().then((module) => module.start(element));
  }
}
