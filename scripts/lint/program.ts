import ts from "typescript";

export interface SourceText {
  /** Relative to the repository, with forward slashes: "src/host/net/net.ts". */
  readonly path: string;
  readonly text: string;
}

export interface Program {
  readonly files: readonly ts.SourceFile[];
  readonly checker: ts.TypeChecker;
}

/**
 * Parses and binds the files without any library, so that every name the runtime provides (Deno, fetch, Date)
 * is a name without a declaration.
 */
export function parseProgram(sources: readonly SourceText[]): Program {
  const texts = new Map(sources.map(({ path, text }) => [path, text]));
  const program = ts.createProgram([...texts.keys()], { noLib: true, noResolve: true, types: [] }, hostOf(texts));
  const files = [...texts.keys()].flatMap((path) => program.getSourceFile(path) ?? []);
  return { files, checker: program.getTypeChecker() };
}

function hostOf(texts: ReadonlyMap<string, string>): ts.CompilerHost {
  return {
    getSourceFile: (path, version) => {
      const text = texts.get(path);
      return text === undefined ? undefined : ts.createSourceFile(path, text, version, true);
    },
    getDefaultLibFileName: () => "",
    writeFile: () => {},
    getCurrentDirectory: () => "",
    getCanonicalFileName: (path) => path,
    useCaseSensitiveFileNames: () => true,
    getNewLine: () => "\n",
    fileExists: (path) => texts.has(path),
    readFile: (path) => texts.get(path),
  };
}

/** Every node below, parents first. */
export function* descendants(node: ts.Node): Generator<ts.Node> {
  const children: ts.Node[] = [];
  ts.forEachChild(node, (child) => void children.push(child));
  for (const child of children) {
    yield child;
    yield* descendants(child);
  }
}
