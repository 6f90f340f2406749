import { nextKey } from "./next_key.ts";
import type { TypedBytes } from "./typed_bytes.ts";

export interface Keyboard {
  /** The part of `Deno.stdin` that changes how a terminal behaves. */
  readonly stdin: { setRaw(raw: boolean): void };
  readonly typed: TypedBytes;
  readonly err: (text: string) => void;
}

type Body<T> = (next: () => Promise<string | undefined>) => Promise<T>;

/** Takes a terminal's keys one by one. It gets its own ways back at the end, also when a signal ends the process. */
export async function withKeys<T>({ stdin, typed, err }: Keyboard, body: Body<T>): Promise<T> {
  const leave = () => {
    stdin.setRaw(false);
    err("\n");
  };
  addEventListener("unload", leave);
  stdin.setRaw(true);
  try {
    return await body(() => nextKey(typed));
  } finally {
    removeEventListener("unload", leave);
    stdin.setRaw(false);
  }
}
