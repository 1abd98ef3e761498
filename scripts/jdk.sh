# Sourced: finds a JDK 25 or newer and exports JAVA_HOME, so that Maven, javac's plugins and the app all run on it.

jdk_wanted=25

# Prints the feature version of the JDK in folder $1, or nothing when it is none.
jdk_version() {
  [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 0
  sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release"
}

jdk_candidates() {
  [ -z "${JAVA_HOME:-}" ] || echo "$JAVA_HOME"
  local on_path
  on_path=$(command -v javac || true)
  [ -z "$on_path" ] || dirname "$(dirname "$(readlink -f "$on_path" 2>/dev/null || echo "$on_path")")"
  /usr/libexec/java_home -v "$jdk_wanted+" 2>/dev/null || true # macOS
  ls -d /usr/lib/jvm/* /opt/java/* /opt/jdk* "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* 2>/dev/null || true
}

find_jdk() {
  local home version
  while read -r home; do
    version=$(jdk_version "$home")
    if [ -n "$version" ] && [ "$version" -ge "$jdk_wanted" ]; then
      export JAVA_HOME="$home"
      return 0
    fi
  done < <(jdk_candidates)
  cat >&2 <<EOF
parley: needs a JDK $jdk_wanted or newer; none in JAVA_HOME, on the PATH, in /usr/lib/jvm, ~/.sdkman or ~/.jdks.
Fix: install one, or set JAVA_HOME to where it is, then run the same command again.
  Debian, Ubuntu   apt install temurin-$jdk_wanted-jdk (from Adoptium's repository)
  macOS            brew install openjdk@$jdk_wanted
  anywhere         sdk install java $jdk_wanted-tem
EOF
  return 1
}
