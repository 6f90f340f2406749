import { askProgram, programFailure, type ProgramRequest } from "./ask_program.ts";
import { decodedEntry } from "./user_entry.ts";
import { ACCOUNT, type Entry, type SystemProgram } from "./system_program.ts";

const TITLE = "Windows Credential Manager (powershell)";
const NOT_THERE = 44;
/** PowerShell compiles the calls first; no window is ever shown, so nothing can wait for a person. */
const READ_MS = 10_000;

/** Generic credentials, as github.com/zalando/go-keyring names them. */
export const program: SystemProgram = {
  title: TITLE,
  async get(host, name) {
    const input = makeRequest("get", { name });
    const result = await askProgram(host, input);
    if (result.status === NOT_THERE) return undefined;
    if (result.status !== 0) throw programFailure(input, result);
    return decodedEntry(TITLE, () => Uint8Array.fromBase64(result.stdout.trim()));
  },
  async set(host, { name, value }) {
    const input = { ...makeRequest("set", { name, value }), writes: true as const };
    const result = await askProgram(host, input);
    if (result.status !== 0) throw programFailure(input, result);
  },
  async remove(host, name) {
    const input = makeRequest("remove", { name });
    const result = await askProgram(host, input);
    if (result.status !== 0 && result.status !== NOT_THERE) throw programFailure(input, result);
    return result.status === 0;
  },
};

/** What to do, with which entry, and the secret: a line of stdin each. */
function makeRequest(
  action: "get" | "set" | "remove",
  { name, value }: Pick<Entry, "name"> & Partial<Entry>,
): ProgramRequest {
  return {
    command: "powershell.exe",
    args: ["-NoLogo", "-NoProfile", "-NonInteractive", "-OutputFormat", "Text", "-EncodedCommand", encodeScript()],
    stdin: `${action}\r\n${base64(`${name}:${ACCOUNT}`)}\r\n${value === undefined ? "" : base64(value.reveal())}\r\n`,
    title: TITLE,
    install: "It is part of Windows",
    unlock: "Log in to Windows with a desktop, then try again",
    readMs: READ_MS,
  };
}

function base64(text: string): string {
  return new TextEncoder().encode(text).toBase64();
}

/** UTF-16, as PowerShell wants a script in an argument; then no quoting can go wrong. */
function encodeScript(): string {
  const units = Uint16Array.from(WINDOWS_SCRIPT, (one) => one.charCodeAt(0));
  return new Uint8Array(units.buffer).toBase64();
}

/**
 * PowerShell that reads three lines: get, set or remove; the target's name; the secret (both in base64). Ends with 44
 * when there is no such entry. https://learn.microsoft.com/windows/win32/api/wincred/
 */
export const WINDOWS_SCRIPT = `
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
Add-Type -TypeDefinition @'
using System;
using System.Runtime.InteropServices;
public static class AtmosCredentials {
  [StructLayout(LayoutKind.Sequential, CharSet = CharSet.Unicode)]
  public struct Credential {
    public int Flags; public int Type; public string TargetName; public string Comment;
    public long LastWritten; public int BlobSize; public IntPtr Blob; public int Persist;
    public int AttributeCount; public IntPtr Attributes; public string TargetAlias; public string UserName;
  }
  [DllImport("advapi32.dll", CharSet = CharSet.Unicode, SetLastError = true)]
  public static extern bool CredReadW(string target, int type, int flags, out IntPtr credential);
  [DllImport("advapi32.dll", CharSet = CharSet.Unicode, SetLastError = true)]
  public static extern bool CredWriteW(ref Credential credential, int flags);
  [DllImport("advapi32.dll", CharSet = CharSet.Unicode, SetLastError = true)]
  public static extern bool CredDeleteW(string target, int type, int flags);
  [DllImport("advapi32.dll")]
  public static extern void CredFree(IntPtr credential);
}
'@
function Stop-Failed {
  $code = [Runtime.InteropServices.Marshal]::GetLastWin32Error()
  if ($code -eq 1168) { exit 44 }
  [Console]::Error.WriteLine((New-Object ComponentModel.Win32Exception $code).Message)
  exit 1
}
$action = [Console]::In.ReadLine()
$target = [Text.Encoding]::UTF8.GetString([Convert]::FromBase64String([Console]::In.ReadLine()))
$secret = [Convert]::FromBase64String([Console]::In.ReadLine())
$generic = 1
if ($action -eq 'get') {
  $found = [IntPtr]::Zero
  if (-not [AtmosCredentials]::CredReadW($target, $generic, 0, [ref]$found)) { Stop-Failed }
  $read = [Runtime.InteropServices.Marshal]::PtrToStructure($found, [Type][AtmosCredentials+Credential])
  $bytes = New-Object byte[] $read.BlobSize
  if ($read.BlobSize -gt 0) { [Runtime.InteropServices.Marshal]::Copy($read.Blob, $bytes, 0, $read.BlobSize) }
  [AtmosCredentials]::CredFree($found)
  [Console]::Out.WriteLine([Convert]::ToBase64String($bytes))
} elseif ($action -eq 'set') {
  $new = New-Object AtmosCredentials+Credential
  $new.Type = $generic
  $new.TargetName = $target
  $new.UserName = 'atmos-auth'
  $new.Persist = 2
  $new.BlobSize = $secret.Length
  $new.Blob = [Runtime.InteropServices.Marshal]::AllocHGlobal($secret.Length)
  [Runtime.InteropServices.Marshal]::Copy($secret, 0, $new.Blob, $secret.Length)
  if (-not [AtmosCredentials]::CredWriteW([ref]$new, 0)) { Stop-Failed }
} else {
  if (-not [AtmosCredentials]::CredDeleteW($target, $generic, 0)) { Stop-Failed }
}
exit 0
`;
