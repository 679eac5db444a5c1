to="$OFFPRINT_HOME/bin"
name="offprint-$OFFPRINT_VERSION-$(uname -m)-unknown-linux-gnu"
from="$OFFPRINT_REPOSITORY/releases/download/v$OFFPRINT_VERSION"
temp="$(mktemp -d)"
mkdir -p "$to"
if (cd "$temp" && curl --fail --silent --show-error --location --remote-name-all "$from/$name.tar.gz" "$from/$name.tar.gz.sha256"); then
  (cd "$temp" && sha256sum --check "$name.tar.gz.sha256")
  tar --extract --gzip --file "$temp/$name.tar.gz" --directory "$to" --strip-components 1 "$name/offprint"
else
  # There is no such release: build from source, from the tag if there is one.
  if ! command -v cargo > /dev/null; then
    curl --fail --silent --show-error --location https://sh.rustup.rs | sh -s -- -y --profile minimal --no-modify-path
    PATH="$HOME/.cargo/bin:$PATH"
  fi
  cargo install --locked --git "$OFFPRINT_REPOSITORY" --tag "v$OFFPRINT_VERSION" --root "$OFFPRINT_HOME" offprint \
    || cargo install --locked --git "$OFFPRINT_REPOSITORY" --root "$OFFPRINT_HOME" offprint
fi
