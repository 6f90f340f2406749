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
