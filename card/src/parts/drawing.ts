/** A chart as SVG paths on a canvas of fixed size, which the page stretches. */

import { svg, type SVGTemplateResult } from "lit";
import type { Chart, Layer, Scale } from "../model/chart";

export const WIDE = 1000;
export const HIGH = 300;

export interface Frame {
  readonly fromMs: number;
  readonly toMs: number;
  readonly scale: Scale;
}

export function xOf(frame: Frame, atMs: number): number {
  return (WIDE * (atMs - frame.fromMs)) / (frame.toMs - frame.fromMs);
}

export function yOf(frame: Frame, value: number): number {
  const { low, high } = frame.scale;
  return HIGH * (1 - (value - low) / (high - low));
}

/** Layers, lines, and the horizontal marks of limits. */
export function drawn(chart: Chart, frame: Frame, limits: readonly number[]): SVGTemplateResult {
  return svg`
    ${frame.scale.ticks.map((tick) => svg`<line class="tick" x1="0" x2=${WIDE} y1=${yOf(frame, tick)} y2=${yOf(frame, tick)} />`)}
    ${chart.layers.map((layer) => svg`<path class="layer" fill=${layer.colour} d=${areas(chart, layer, frame)} />`)}
    ${limits.map((limit) => svg`<line class="limit" x1="0" x2=${WIDE} y1=${yOf(frame, limit)} y2=${yOf(frame, limit)} />`)}
    ${chart.lines.map((line) => svg`<path class=${line.key} stroke=${line.colour} d=${stroke(chart, line.values, frame)} />`)}
  `;
}

/** The layer's area, in pieces where something is not known. */
function areas(chart: Chart, layer: Layer, frame: Frame): string {
  return pieces(layer.spans)
    .map((piece) => {
      const over = piece.map((place) => point(chart, frame, place, layer.spans[place]?.[1] ?? 0));
      const under = piece.map((place) => point(chart, frame, place, layer.spans[place]?.[0] ?? 0)).reverse();
      return `M${[...over, ...under].join("L")}Z`;
    })
    .join("");
}

function stroke(chart: Chart, values: readonly (number | null)[], frame: Frame): string {
  return pieces(values)
    .map((piece) => `M${piece.map((place) => point(chart, frame, place, values[place] ?? 0)).join("L")}`)
    .join("");
}

function point(chart: Chart, frame: Frame, place: number, value: number): string {
  return `${xOf(frame, chart.times[place] ?? 0).toFixed(1)} ${yOf(frame, value).toFixed(1)}`;
}

/** The places of what is known, one after another, cut at the gaps. */
export function pieces(values: readonly unknown[]): readonly (readonly number[])[] {
  const found: number[][] = [];
  values.forEach((value, place) => {
    if (value === null) return;
    if (place > 0 && values[place - 1] !== null) found.at(-1)?.push(place);
    else found.push([place]);
  });
  return found;
}
