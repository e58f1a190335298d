/** Draws one Vega-Lite specification. Expressions are interpreted, never evaluated, so the strict policy holds. */

import { Error as ErrorLevel, logger, parse, View, type Spec } from "vega";
import { expressionInterpreter } from "vega-interpreter";
import { compile, type TopLevelSpec } from "vega-lite";

import { say } from "../words";
import { Tooltip } from "./tooltip";

const NARROW = 520;

export function start(figure: HTMLElement): void {
  const place = figure.querySelector<HTMLElement>("[data-chart-place]");
  if (!place) return;
  specification(figure)
    .then((spec) => draw(spec, place))
    .catch(() => {
      // The table below says the same; open it rather than leave a hole.
      place.textContent = say("图没有画出来，数据见下表。", "The chart could not be drawn; see the table.");
      figure.querySelector("details")?.setAttribute("open", "");
    });
}

async function specification(figure: HTMLElement): Promise<TopLevelSpec> {
  const { spec, src } = figure.dataset;
  if (spec) return JSON.parse(document.getElementById(spec)?.textContent ?? "") as TopLevelSpec;
  const answer = await fetch(src ?? "", { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(String(answer.status));
  return (await answer.json()) as TopLevelSpec;
}

async function draw(spec: TopLevelSpec, place: HTMLElement): Promise<void> {
  if (place.clientWidth < NARROW) shortenNames(spec);
  const vega: Spec = compile(spec, { logger: logger(ErrorLevel) }).spec;
  place.textContent = "";
  const view = new View(parse(vega, {}, { ast: true }), {
    expr: expressionInterpreter,
    renderer: "svg",
    container: place,
    hover: true,
    tooltip: new Tooltip().call,
  });
  await view.runAsync();
  const drawing = place.querySelector("svg");
  drawing?.setAttribute("role", "img");
  drawing?.setAttribute("aria-label", spec.description ?? "");
}

/** On a phone the names of schools leave room for the figures. */
function shortenNames(spec: TopLevelSpec): void {
  spec.config = { ...spec.config, axisY: { ...spec.config?.axisY, labelLimit: 96 } };
}
