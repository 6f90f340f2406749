export const ELSEWHERE = /^(?:(?:azure|gcp|mock)\/.+|mock|github\/sts|atmos[/-]pro|emulator|.+\/emulator)$/;

/** Whether the Go atmos knows a kind that this program does not. */
export function isElsewhere(kind: string): boolean {
  return ELSEWHERE.test(kind);
}
