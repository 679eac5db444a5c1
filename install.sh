#!/bin/sh
# Installs Offprint on Linux, macOS and Windows (Git Bash) from one of its releases, once the
# checksum of what was downloaded is right.
set -eu

REPOSITORY="${OFFPRINT_REPOSITORY:-https://github.com/offprint-press/offprint}"

usage() {
  cat << 'END'
Installs Offprint from a release.

  sh install.sh [--version VERSION] [--to DIR]

  --version VERSION  the release to install, such as 0.1.0 [default: the newest]
  --to DIR           the folder to put the program into [default: ~/.local/bin]
  --newest           print the newest version, and install nothing
  --help             print this
END
}

# What is wrong, and what to do about it.
fail() {
  printf 'install.sh: %s\n' "$1" >&2
  if [ "$#" -gt 1 ]; then printf '  %s\n' "$2" >&2; fi
  exit 1
}

needs() {
  command -v "$1" > /dev/null 2>&1 || fail "$1 is needed and not there" "install $1, then try again"
}

# The name that releases have for this system.
target() {
  system="$(uname -s)"
  machine="$(uname -m)"
  case "$machine" in
    amd64) machine=x86_64 ;;
    arm64) machine=aarch64 ;;
  esac
  case "$system-$machine" in
    Linux-x86_64 | Linux-aarch64)
      if ldd --version 2>&1 | grep -qi musl; then
        fail "there is no release for Linux with musl, such as Alpine" \
          "use the Dockerfile, or build it: cargo install --locked --git $REPOSITORY offprint"
      fi
      echo "$machine-unknown-linux-gnu"
      ;;
    Darwin-x86_64 | Darwin-aarch64) echo "$machine-apple-darwin" ;;
    MINGW*-x86_64 | MSYS*-x86_64 | CYGWIN*-x86_64) echo x86_64-pc-windows-msvc ;;
    *)
      fail "there is no release for $system on $machine" \
        "build it, which needs Rust: cargo install --locked --git $REPOSITORY offprint"
      ;;
  esac
}

# The page of the newest release redirects to that of its tag.
newest() {
  page="$(curl --fail --silent --show-error --location --output /dev/null --write-out '%{url_effective}' "$REPOSITORY/releases/latest")" \
    || fail "$REPOSITORY/releases/latest could not be asked for the newest version" "name one with --version"
  case "$page" in
    */releases/tag/v*) echo "${page##*/v}" ;;
    *) fail "$REPOSITORY has no release yet" "build it, which needs Rust: cargo install --locked --git $REPOSITORY offprint" ;;
  esac
}

sha256() {
  if command -v sha256sum > /dev/null 2>&1; then
    sha256sum < "$1"
  elif command -v shasum > /dev/null 2>&1; then
    shasum -a 256 < "$1"
  else
    fail "neither sha256sum nor shasum is there to verify the download" "install one of them, then try again"
  fi
}

download() {
  curl --fail --silent --show-error --location --output "$2" "$1" \
    || fail "$1 could not be downloaded" "look at $REPOSITORY/releases for what there is"
}

# Everything is in functions, so that a script that is cut off on its way does nothing.
main() {
  version=""
  to=""
  while [ "$#" -gt 0 ]; do
    case "$1" in
      --version | --to)
        if [ "$#" -lt 2 ] || [ -z "$2" ]; then fail "$1 needs a value" "see --help"; fi
        if [ "$1" = --to ]; then to="$2"; else version="${2#v}"; fi
        shift 2
        ;;
      --newest)
        needs curl
        newest
        return
        ;;
      --help | -h)
        usage
        return
        ;;
      *) fail "there is no option $1" "see --help" ;;
    esac
  done
  case "$version" in
    *[!0-9A-Za-z.+-]*) fail "$version is no version" "write one such as 0.1.0" ;;
  esac
  if [ -z "$to" ]; then
    [ -n "${HOME:-}" ] || fail "there is no home folder to install to" "name a folder with --to"
    to="$HOME/.local/bin"
  fi

  needs curl
  target="$(target)"
  if [ -z "$version" ]; then version="$(newest)"; fi
  name="offprint-$version-$target"
  case "$target" in
    *-windows-*) archive="$name.zip" program=offprint.exe ;;
    *) archive="$name.tar.gz" program=offprint ;;
  esac
  from="$REPOSITORY/releases/download/v$version"

  temp="$(mktemp -d)"
  trap 'rm -rf "$temp"' EXIT
  trap 'exit 1' HUP INT TERM
  download "$from/$archive.sha256" "$temp/sum"
  download "$from/$archive" "$temp/$archive"
  read -r wanted _ < "$temp/sum" || fail "the checksum of $archive is empty" "report it at $REPOSITORY/issues"
  found="$(sha256 "$temp/$archive")"
  if [ "${found%% *}" != "$wanted" ]; then
    fail "$archive does not have the checksum that the release names; nothing was installed" \
      "try again; if it stays so, report it at $REPOSITORY/issues"
  fi

  case "$archive" in
    *.zip)
      needs unzip
      unzip -q "$temp/$archive" "$name/$program" -d "$temp"
      ;;
    *) tar -xzf "$temp/$archive" -C "$temp" "$name/$program" ;;
  esac
  chmod 755 "$temp/$name/$program"
  said="$("$temp/$name/$program" --version)" || fail "the program does not run on this system; nothing was installed" \
    "on Linux it needs glibc 2.39 or newer, as in Ubuntu 24.04 and Debian 13; else use the Dockerfile or build it"

  # Beside its place first, so that a program that is running is replaced in one step.
  mkdir -p "$to"
  cp "$temp/$name/$program" "$to/.$program.new"
  mv -f "$to/.$program.new" "$to/$program"

  echo "installed $said as $to/$program"
  case ":${PATH:-}:" in
    *":$to:"*) ;;
    *)
      echo "$to is not in your PATH; add it with this line, and put the line into the profile of your shell:"
      # shellcheck disable=SC2016
      printf '    export PATH="%s:$PATH"\n' "$to"
      ;;
  esac
  echo "next:"
  echo "    offprint new my-papers"
}

main "$@"
