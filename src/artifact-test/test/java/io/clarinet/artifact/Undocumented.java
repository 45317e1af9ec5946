package io.clarinet.artifact;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.TreePathScanner;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.Modifier;

/**
 * Finds what of a source file is public and has no comment. The argument says whether members are
 * public without the word, as those of interfaces are. An overriding method has the comment of the
 * one that it overrides, a record's constructor those of the record's components.
 */
final class Undocumented extends TreePathScanner<Void, Boolean> {
  private static final Set<Modifier> SEEN = Set.of(Modifier.PUBLIC, Modifier.PROTECTED);

  private final DocTrees comments;
  private final List<String> found;
  private Tree.Kind around = Tree.Kind.CLASS;

  Undocumented(DocTrees comments, List<String> found) {
    this.comments = comments;
    this.found = found;
  }

  @Override
  public Void visitClass(ClassTree type, Boolean isPublic) {
    if (isSeen(type.getModifiers(), isPublic)) {
      check(type.getSimpleName().toString());
      Tree.Kind outside = around;
      around = type.getKind();
      for (Tree member : type.getMembers()) {
        scan(member, around == Tree.Kind.INTERFACE);
      }
      around = outside;
    }
    return null;
  }

  @Override
  public Void visitMethod(MethodTree method, Boolean isPublic) {
    boolean inherits =
        method.getModifiers().getAnnotations().stream()
            .anyMatch(a -> a.getAnnotationType().toString().equals("Override"));
    boolean isRecords = around == Tree.Kind.RECORD && method.getReturnType() == null;
    if (isSeen(method.getModifiers(), isPublic) && !inherits && !isRecords) {
      check(method.getName().toString());
    }
    return null;
  }

  @Override
  public Void visitVariable(VariableTree field, Boolean isPublic) {
    if (isSeen(field.getModifiers(), isPublic)) {
      check(field.getName().toString());
    }
    return null;
  }

  private static boolean isSeen(ModifiersTree modifiers, boolean isPublic) {
    return (isPublic && !modifiers.getFlags().contains(Modifier.PRIVATE))
        || modifiers.getFlags().stream().anyMatch(SEEN::contains);
  }

  private void check(String name) {
    if (comments.getDocComment(getCurrentPath()) == null) {
      CompilationUnitTree unit = getCurrentPath().getCompilationUnit();
      long at = comments.getSourcePositions().getStartPosition(unit, getCurrentPath().getLeaf());
      found.add(
          unit.getSourceFile().getName() + ":" + unit.getLineMap().getLineNumber(at) + " " + name);
    }
  }
}
