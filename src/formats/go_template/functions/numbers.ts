import { float, type FunctionTable, int, str, takes } from "./arguments.ts";

/** Sprig's functions about numbers. https://masterminds.github.io/sprig/math.html */
export const NUMBERS: FunctionTable = {
  add: takes([0, Infinity], (...all) => all.map(int).reduce((sum, one) => sum + one, 0)),
  add1: takes(1, (value) => int(value) + 1),
  sub: takes(2, (one, other) => int(one) - int(other)),
  mul: takes([1, Infinity], (...all) => all.map(int).reduce((product, one) => product * one)),
  div: takes(2, (one, other) => Math.trunc(int(one) / divisor(int(other)))),
  mod: takes(2, (one, other) => int(one) % divisor(int(other))),
  max: takes([1, Infinity], (...all) => Math.max(...all.map(int))),
  biggest: takes([1, Infinity], (...all) => Math.max(...all.map(int))),
  min: takes([1, Infinity], (...all) => Math.min(...all.map(int))),
  maxf: takes([1, Infinity], (...all) => Math.max(...all.map(float))),
  minf: takes([1, Infinity], (...all) => Math.min(...all.map(float))),
  add1f: takes(1, (value) => float(value) + 1),
  addf: takes([0, Infinity], (...all) => all.map(float).reduce((sum, one) => sum + one, 0)),
  subf: takes([1, Infinity], (...all) => all.map(float).reduce((left, one) => left - one)),
  mulf: takes([1, Infinity], (...all) => all.map(float).reduce((product, one) => product * one)),
  divf: takes([1, Infinity], (...all) => all.map(float).reduce((left, one) => left / one)),
  floor: takes(1, (value) => Math.floor(float(value))),
  ceil: takes(1, (value) => Math.ceil(float(value))),
  round: takes(
    [2, 3],
    (...[value, places, half = 0.5]) => roundTo(float(value), { places: int(places), half: float(half) }),
  ),
  int: takes(1, int),
  int64: takes(1, int),
  float64: takes(1, float),
  atoi: takes(1, (text) => /^[+-]?\d+$/.test(str(text)) ? Number(text) : 0),
  toDecimal: takes(1, (text) => /^[0-7]+$/.test(String(text)) ? parseInt(String(text), 8) : 0),
};

function divisor(value: number): number {
  if (value === 0) throw new Error("cannot divide by 0");
  return value;
}

function roundTo(value: number, { places, half }: { readonly places: number; readonly half: number }): number {
  const scale = 10 ** places;
  const scaled = value * scale;
  const fraction = Math.abs(scaled) % 1;
  return (value < 0 ? -1 : 1) * (fraction >= half ? Math.ceil(Math.abs(scaled)) : Math.floor(Math.abs(scaled))) / scale;
}
