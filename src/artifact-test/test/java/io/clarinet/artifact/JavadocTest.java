package io.clarinet.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/** The Javadoc that is published. */
class JavadocTest {
  private static final Path PAGE = Path.of("src", "docs", "public-api.md");
  private static final Path SOURCES = Path.of("src", "main", "java", "io", "clarinet");
  private static final Pattern ROW = Pattern.compile("\\| (?:`(.+?)`|\\(root\\)) \\| (`.+`) \\|");
  private static final Pattern HTML =
      Pattern.compile("io/clarinet/((?:[a-z]+/)?[A-Z][A-Za-z0-9]*)\\.html");

  /** The types of the page, such as {@code tensor/Shape}. */
  private static Set<String> promised() throws IOException {
    Set<String> promised = new TreeSet<>();
    for (String line : Files.readAllLines(PAGE)) {
      var row = ROW.matcher(line);
      if (row.matches()) {
        for (String type : row.group(2).replace("`", "").split(", ")) {
          promised.add(row.group(1) == null ? type : row.group(1) + "/" + type);
        }
      }
    }
    assertThat(promised).hasSizeGreaterThan(30);
    return promised;
  }

  @Test
  void hasAPageForEachTypeThatIsPublicAndForNoOther() throws IOException {
    Jar jar = new Jar(Built.library().resolveSibling("clarinet-javadoc.jar"));
    Set<String> pages =
        jar.names().stream()
            .map(HTML::matcher)
            .filter(page -> page.matches())
            .map(page -> page.group(1))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(pages).isEqualTo(promised());
  }

  /** Javadoc itself would also want tags that repeat the sentence. */
  @Test
  void hasASentenceForEachMember() throws IOException {
    List<Path> files = promised().stream().map(type -> SOURCES.resolve(type + ".java")).toList();
    JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
    List<String> silent = new ArrayList<>();
    try (StandardJavaFileManager manager = javac.getStandardFileManager(null, null, null)) {
      var options = List.of("-proc:none");
      var task =
          (JavacTask)
              javac.getTask(
                  null, manager, null, options, null, manager.getJavaFileObjectsFromPaths(files));
      DocTrees comments = DocTrees.instance(task);
      for (CompilationUnitTree unit : task.parse()) {
        new Undocumented(comments, silent).scan(unit, false);
      }
    }
    assertThat(silent).isEmpty();
  }
}
