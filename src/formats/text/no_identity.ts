/** Returns whether a name says, as in the Go atmos, that no identity of atmos.yaml is meant: `--identity=false`. */
export function saysNoIdentity(name: string): boolean {
  return /^(?:false|0|no|off)$/i.test(name);
}
