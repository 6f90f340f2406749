/**
 * The configuration that writes: another one may have the same names, and what is written for these is not for it to
 * change.
 */
export interface Author {
  /** Where it lies, links resolved; undefined where there is none. */
  readonly location: string | undefined;
  readonly realm: string;
}
