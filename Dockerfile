# Offprint in an image, for those who have Docker and neither Rust nor a release for their
# system. It is built from this source rather than from a release, so that any commit gives an
# image, on any machine that Rust and Debian know.
#
#     docker build --tag offprint .
#     docker run --rm --user "$(id -u):$(id -g)" --volume "$PWD:/site" offprint build

FROM rust:1-slim-trixie AS build
WORKDIR /offprint
COPY Cargo.toml Cargo.lock build.rs ./
COPY src src
COPY themes themes
# Named in Cargo.toml, which cargo reads as a whole.
COPY benches benches
# The sample that `offprint new` puts into a site.
COPY content/digests/2025-03-14.txt content/digests/2025-03-14.txt
RUN cargo build --locked --profile dist --bin offprint

FROM debian:trixie-slim
COPY --from=build /offprint/target/dist/offprint /usr/local/bin/offprint
COPY LICENSE-MIT LICENSE-APACHE NOTICE /usr/share/doc/offprint/
# Not root: what is written to a mounted site belongs to whom --user names, else to 1000,
# which most single-user systems give to their user.
RUN useradd --uid 1000 --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin offprint \
  && mkdir /site && chown offprint:offprint /site
USER 1000:1000
WORKDIR /site
# For `offprint serve --host 0.0.0.0`.
EXPOSE 4000
ENTRYPOINT ["offprint"]
CMD ["build"]
