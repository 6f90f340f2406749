#!/bin/sh
# Installs the atmos executable for this machine: sh install.sh [--to DIR] [--version VERSION]
# Nothing is installed unless the download has the checksum that SHA256SUMS of the same release names for it.
set -eu

# The release workflow puts the owner in place.
REPOSITORY=OWNER/atmos

usage() {
  cat <<'EOF'
Usage: install.sh [--to DIR] [--version VERSION]

  --to DIR           directory of the executable (default: ~/.local/bin)
  --version VERSION  release to install, such as 0.1.0 (default: the latest)

ATMOS_INSTALL_URL    directory to download from instead of GitHub: it has the executables and SHA256SUMS
EOF
}

fail() {
  printf 'Error: Cannot install atmos: %s\n' "$1" >&2
  [ $# -lt 2 ] || printf 'Hint: %s\n' "$2" >&2
  exit 1
}

fail_usage() {
  printf 'Error: %s\n' "$1" >&2
  usage >&2
  exit 2
}

has() {
  command -v "$1" >/dev/null 2>&1
}

# Sets asset: the name of the executable for this machine.
choose_asset() {
  suffix=''
  case $(uname -s) in
    Linux) system=linux ;;
    Darwin) system=macos ;;
    MINGW* | MSYS* | CYGWIN*) system=windows suffix=.exe ;;
    *) fail "there is no executable for $(uname -s)" 'Compile it from source: deno task compile' ;;
  esac
  case $(uname -m) in
    x86_64 | amd64) machine=x64 ;;
    aarch64 | arm64) machine=arm64 ;;
    *) fail "there is no executable for $(uname -m)" 'Compile it from source: deno task compile' ;;
  esac
  # A shell that Rosetta translates says x86_64 on Apple silicon.
  if [ "$system $machine" = 'macos x64' ] && [ "$(sysctl -n sysctl.proc_translated 2>/dev/null || echo 0)" = 1 ]; then
    machine=arm64
  fi
  [ "$system $machine" != 'windows arm64' ] || machine=x64
  asset=atmos-$system-$machine$suffix
}

# Sets base: where the release is. Plain HTTP only reaches this machine itself, for tests.
choose_base() {
  base=${ATMOS_INSTALL_URL:-}
  if [ -z "$base" ]; then
    [ "${REPOSITORY%%/*}" != OWNER ] ||
      fail 'this copy of install.sh names no repository' 'Use install.sh of a release, or set ATMOS_INSTALL_URL'
    base=https://github.com/$REPOSITORY/releases/latest/download
    [ -z "$version" ] || base=https://github.com/$REPOSITORY/releases/download/v${version#v}
  fi
  base=${base%/}
  case $base in
    *@*) fail 'the address to download from has a user or a password' 'Set ATMOS_INSTALL_URL without them' ;;
    https://* | http://127.0.0.1 | http://127.0.0.1[:/]*) ;;
    *) fail "\"$base\" is not an https:// address" 'Set ATMOS_INSTALL_URL to an https:// address' ;;
  esac
}

# Downloads $base/$1 into the file $2; what was cut off is a failure.
download() {
  if has curl; then
    case $base in https:*) allowed='=https' ;; *) allowed='=http' ;; esac
    curl --fail --silent --show-error --location --proto "$allowed" --proto-redir "$allowed" \
      --connect-timeout 20 --retry 2 --output "$2" "$base/$1"
  elif has wget; then
    wget -q -O "$2" "$base/$1"
  else
    fail 'neither curl nor wget is installed' 'Install curl'
  fi || fail "cannot download $base/$1" 'Check the version, the network and HTTPS_PROXY'
}

# Sets sum: the program that prints the SHA-256 of its input.
choose_sum() {
  if has sha256sum; then sum='sha256sum'
  elif has shasum; then sum='shasum -a 256'
  elif has openssl; then sum='openssl dgst -sha256 -r'
  else fail 'there is no sha256sum, shasum or openssl to verify the download with' 'Install one of them'
  fi
}

# Compares the download $1 with what the checksums $2 say of it.
verify() {
  expected=$(awk -v name="$asset" '$2 == name || $2 == "*" name { print tolower($1) }' "$2")
  case $expected in
    '') fail "SHA256SUMS of $base has no checksum of $asset" 'Install another version, or report it' ;;
    *[!0-9a-f]*) fail "SHA256SUMS of $base does not say one checksum of $asset" 'Report it' ;;
  esac
  [ ${#expected} = 64 ] || fail "the checksum of $asset in SHA256SUMS of $base is cut off" 'Run this again'
  actual=$($sum <"$1" | cut -d " " -f 1)
  [ "$actual" = "$expected" ] ||
    fail "the checksum of $asset is $actual, not $expected: the download is damaged, or not the released file" \
      'Run this again; if the checksum stays wrong, report it'
}

# Says what was installed, and how the shell finds it.
report() {
  printf 'Installed %s: %s\n' "$1" "$to/atmos$suffix"
  case :$PATH: in
    *:"$to":*)
      first=$(command -v atmos || true)
      [ "$first" = "$to/atmos$suffix" ] || [ "$first" = "$to/atmos" ] ||
        printf 'Another atmos comes first on PATH: %s\n' "$first"
      ;;
    *) printf 'Add it to PATH:\n  export PATH="%s:%s"\n' "$to" "\$PATH" ;;
  esac
}

main() {
  to='' version=''
  while [ $# -gt 0 ]; do
    case $1 in
      --to | --version) [ -n "${2:-}" ] || fail_usage "$1 needs a value" ;;
      -h | --help) usage && exit 0 ;;
      *) fail_usage "Unknown argument $1" ;;
    esac
    case $1 in --to) to=$2 ;; *) version=$2 ;; esac
    shift 2
  done
  [ -n "$to${HOME:-}" ] || fail 'HOME is not set' 'Name a directory: --to DIR'
  [ -n "$to" ] || to=$HOME/.local/bin
  case $to in /*) ;; *) to=$PWD/$to ;; esac
  [ "$to" = / ] || to=${to%/}

  choose_asset
  choose_base
  choose_sum
  mkdir -p "$to" 2>/dev/null || fail "the directory $to cannot be made" 'Choose another one: --to DIR'
  # Beside the target, so that the last step is a rename: the old file or the new one, never a part of it.
  work=$(mktemp -d "$to/.atmos-install.XXXXXX" 2>/dev/null) ||
    fail "the directory $to cannot be written" 'Choose another one: --to DIR'
  trap 'rm -rf "$work"' EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM HUP

  download SHA256SUMS "$work/SHA256SUMS"
  download "$asset" "$work/atmos$suffix"
  verify "$work/atmos$suffix" "$work/SHA256SUMS"
  chmod 755 "$work/atmos$suffix"
  installed=$("$work/atmos$suffix" version 2>/dev/null) ||
    fail "$asset does not run on this machine" 'It needs glibc (not musl) on Linux, and a directory without noexec'
  [ ! -d "$to/atmos$suffix" ] || fail "$to/atmos$suffix is a directory" 'Choose another one: --to DIR'
  mv -f "$work/atmos$suffix" "$to/atmos$suffix" || fail "$to/atmos$suffix cannot be replaced" 'Choose another one: --to DIR'
  report "$installed"
}

# At the end, so that a script that was cut off while it was downloaded does nothing.
main "$@"
