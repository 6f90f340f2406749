/** The way out where there is no keychain. */
export function suggestFileKeyring(start: string): string {
  return `${start}: set auth.keyring.type in atmos.yaml to file, or ATMOS_KEYRING_TYPE=file`;
}
