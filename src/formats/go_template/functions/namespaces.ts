/** The words that gomplate's functions begin with: `strings.ToUpper` is one name. */
export const NAMESPACES: ReadonlySet<string> = new Set([
  ...["strings", "conv", "coll", "math", "regexp", "path", "filepath", "base64", "data", "env", "test"],
  // Known for what they are, though nothing of them is called: they need other components, the network, the clock.
  ...["atmos", "aws", "crypto", "file", "net", "random", "sockaddr", "time", "tmpl", "uuid"],
]);
