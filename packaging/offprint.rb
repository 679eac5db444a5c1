# The Homebrew formula of Offprint, as a template. It installs the binaries of a release.
# `packaging/homebrew VERSION` fills in the version and the checksums of a release; the
# words between @ signs here are not valid values.
class Offprint < Formula
  desc "Static site generator for paper digests"
  homepage "https://github.com/offprint-press/offprint"
  version "@VERSION@"
  license any_of: ["MIT", "Apache-2.0"]

  on_macos do
    on_arm do
      url "https://github.com/offprint-press/offprint/releases/download/v@VERSION@/offprint-@VERSION@-aarch64-apple-darwin.tar.gz"
      sha256 "@SHA256 aarch64-apple-darwin@"
    end
    on_intel do
      url "https://github.com/offprint-press/offprint/releases/download/v@VERSION@/offprint-@VERSION@-x86_64-apple-darwin.tar.gz"
      sha256 "@SHA256 x86_64-apple-darwin@"
    end
  end

  on_linux do
    on_arm do
      url "https://github.com/offprint-press/offprint/releases/download/v@VERSION@/offprint-@VERSION@-aarch64-unknown-linux-gnu.tar.gz"
      sha256 "@SHA256 aarch64-unknown-linux-gnu@"
    end
    on_intel do
      url "https://github.com/offprint-press/offprint/releases/download/v@VERSION@/offprint-@VERSION@-x86_64-unknown-linux-gnu.tar.gz"
      sha256 "@SHA256 x86_64-unknown-linux-gnu@"
    end
  end

  def install
    bin.install "offprint"
    doc.install "README.md", "NOTICE"
    generate_completions_from_executable(bin/"offprint", "completions")
    (man1/"offprint.1").write Utils.safe_popen_read(bin/"offprint", "man")
  end

  test do
    system bin/"offprint", "new", "site", "--ci", "none"
    system bin/"offprint", "--site", "site", "build"
    assert_path_exists testpath/"site/public/index.html"
  end
end
