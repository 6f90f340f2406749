/** `deno task picture`: writes docs/terminal.svg from a run against the stand-in for AWS; needs openssl and kubectl. */
import { recordSession } from "./docs/recorded_session.ts";
import { renderTerminal } from "./docs/terminal_picture.ts";

if (import.meta.main) Deno.writeTextFileSync("docs/terminal.svg", renderTerminal(await recordSession()));
