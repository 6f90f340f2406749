export interface BrowseInput {
  /** Path of a Chrome, Chromium or Edge. */
  readonly executable: string;
  readonly url: string;
  /** Directory of a profile that is kept; by default a new one, which is removed at the end. */
  readonly profile?: string;
  /** Without a window. */
  readonly headless: boolean;
  /** Addresses, with `*` for any text: the first POST to one of them is the result, and is never sent. */
  readonly take: readonly string[];
  /** Hosts that the browser cannot reach, with `*` for any text, should a request slip through. */
  readonly unreachable: readonly string[];
  /** Milliseconds for all of it. */
  readonly timeoutMs: number;
}

export type Browsed =
  | { readonly kind: "taken"; readonly url: string; readonly body: string }
  /** The person closed the window. */
  | { readonly kind: "closed" }
  | { readonly kind: "timeout" }
  /** Why the browser does not start, or cannot load the page: "it …". */
  | { readonly kind: "failed"; readonly found: string };
