package io.clarinet.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files of git in which a commit is found. */
class CommitTest {
  private static final String ID = "0123456789abcdef0123456789abcdef01234567";
  @TempDir Path clone;

  @BeforeEach
  void mark() throws IOException {
    write(clone.resolve("opencl/README.md"), "");
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text + "\n");
  }

  @Test
  void aBranch() throws IOException {
    write(clone.resolve(".git/HEAD"), "ref: refs/heads/main");
    assertThat(Commit.of(clone.resolve("target/x.jar"))).isEmpty();
    write(clone.resolve(".git/refs/heads/main"), ID);
    assertThat(Commit.of(clone.resolve("target/x.jar"))).contains(ID);
  }

  @Test
  void aPackedBranchAndNone() throws IOException {
    write(clone.resolve(".git/HEAD"), "ref: refs/heads/main");
    write(clone.resolve(".git/packed-refs"), "# pack-refs\n" + ID + " refs/heads/main");
    assertThat(Commit.of(clone)).contains(ID);
    write(clone.resolve(".git/HEAD"), ID);
    assertThat(Commit.of(clone)).contains(ID);
  }

  @Test
  void aWorktree() throws IOException {
    Path tree = clone.resolve("tree");
    write(tree.resolve("opencl/README.md"), "");
    write(tree.resolve(".git"), "gitdir: " + clone.resolve(".git/worktrees/tree"));
    write(clone.resolve(".git/worktrees/tree/HEAD"), "ref: refs/heads/work");
    write(clone.resolve(".git/worktrees/tree/commondir"), "../..");
    write(clone.resolve(".git/refs/heads/work"), ID);
    assertThat(Commit.of(tree)).contains(ID);
  }

  /** A program that lies in the clone of another, as a dependency may. */
  @Test
  void anotherProjectsClone() throws IOException {
    write(clone.resolve(".git/HEAD"), ID);
    Files.delete(clone.resolve("opencl/README.md"));
    assertThat(Commit.of(clone.resolve("lib/x.jar"))).isEmpty();
  }
}
