import { edited } from "./edited.ts";
import { filtered, type Option } from "./filtered.ts";
import type { Key } from "./key.ts";

/** What is on the screen while a person picks. */
export interface Picking {
  readonly among: readonly Option[];
  readonly typed: string;
  /** Those of `among` that fit what was typed. */
  readonly fitting: readonly Option[];
  /** The marked one of these. */
  readonly at: number;
}

export function startPicking(among: readonly Option[]): Picking {
  return { among, typed: "", fitting: among, at: 0 };
}

export interface Pressed {
  readonly key: Key;
  /** How many options are shown at once. */
  readonly page: number;
}

/** After a key that moves or filters. */
export function picked(picking: Picking, { key, page }: Pressed): Picking {
  const typed = edited(picking.typed, key);
  if (typed !== picking.typed) return { ...picking, typed, fitting: filtered(picking.among, typed), at: 0 };
  return { ...picking, at: moved(picking, { key, page }) };
}

function moved({ at, fitting: { length } }: Picking, { key: { kind }, page }: Pressed): number {
  const last = Math.max(0, length - 1);
  if (kind === "up") return at === 0 ? last : at - 1;
  if (kind === "down") return at === last ? 0 : at + 1;
  if (kind === "page-up") return Math.max(0, at - page);
  if (kind === "page-down") return Math.min(last, at + page);
  if (kind === "first") return 0;
  return kind === "last" ? last : at;
}
