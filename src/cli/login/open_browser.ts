import type { Needs } from "../../host/host.ts";
import { isRegularFile } from "../../config/files/file_checks.ts";
import { isOnPath } from "../project/executable_on_path.ts";
import { isTrue, readBoolean } from "../args/flag_values.ts";
import { DEVICE_CODE_VARIABLE } from "./device_code_flag.ts";
import { type LinkPageHost, privateAddress } from "./link_page.ts";

/**
 * Opens a link in the user's browser, where there is one; whether that was tried. Other users do not see it, but where
 * the browser may not read a page of the user's: they see it in its arguments then.
 */
export function openPage(host: LinkPageHost, link: string): boolean {
  const opener = openerHere(host);
  const url = opener === undefined || mayNotReadPages(host, opener) ? link : privateAddress(host, link);
  if (opener === undefined || url === undefined) return false;
  const [command, ...args] = opener;
  // No one waits for a browser to end; where it cannot be started, the page is on the terminal all the same.
  host.run.capture({ command, args: [...args, url] }).catch(() => {});
  return true;
}

/** Browsers that see no hidden directory of HOME. https://snapcraft.io/docs/home-interface */
const SNAPS = ["firefox", "chromium", "brave", "opera"].map((name) => `/snap/bin/${name}`);

/** Which browser is the default one is known to the desktop alone. */
function mayNotReadPages(host: OpenerHost, [command]: Opener): boolean {
  return command === "wslview" || SNAPS.some((path) => isRegularFile(host, path));
}

type OpenerHost = Needs<"env" | "read" | "sys">;

/** A program that opens web pages, and what comes before the page. */
export type Opener = readonly [command: string, ...args: string[]];

const OURS = { darwin: ["open"], windows: ["rundll32", "url.dll,FileProtocolHandler"] } as const;
/** WSL's way to the browser of Windows, then the desktop's. */
const OF_LINUX = ["wslview", "xdg-open"] as const;

/** A shell that runs elsewhere than the person sits: SSH, a container, a pipeline, someone's cloud. */
const ELSEWHERE = [
  ...["SSH_CONNECTION", "SSH_CLIENT", "SSH_TTY"],
  ...["container", "KUBERNETES_SERVICE_HOST", "CODESPACES", "REMOTE_CONTAINERS", "GITPOD_WORKSPACE_ID"],
];
const OF_CONTAINERS = ["/.dockerenv", "/run/.containerenv"];

/** What opens a page in the browser of the person at this terminal; undefined where there is none on this machine. */
export function openerHere(host: OpenerHost): Opener | undefined {
  if (readOverride(host) === false || (readOverride(host) === undefined && !looksHere(host))) return undefined;
  if (host.sys.os === "darwin" || host.sys.os === "windows") return OURS[host.sys.os];
  const found = OF_LINUX.find((name) => isOnPath(host, name));
  return found === undefined ? undefined : [found];
}

/** Whether the person says that the browser is on this machine; undefined when nothing is said. */
export function readOverride({ env }: Needs<"env">): boolean | undefined {
  const value = env.get(DEVICE_CODE_VARIABLE);
  return value === undefined ? undefined : !readBoolean({ where: DEVICE_CODE_VARIABLE, value });
}

function looksHere(host: OpenerHost): boolean {
  const { env, sys } = host;
  if (isTrue(env.get("CI")) || env.get("AWS_EXECUTION_ENV") === "CloudShell") return false;
  if (ELSEWHERE.some((name) => env.get(name) !== undefined)) return false;
  if (sys.os === "darwin" || sys.os === "windows") return true;
  const screens = ["DISPLAY", "WAYLAND_DISPLAY", "WSL_DISTRO_NAME"];
  return screens.some((name) => env.get(name) !== undefined) &&
    !OF_CONTAINERS.some((path) => isRegularFile(host, path));
}
