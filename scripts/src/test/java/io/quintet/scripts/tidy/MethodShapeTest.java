package io.quintet.scripts.tidy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Methods fit a screen and take few arguments, measured on the parsed sources.
class MethodShapeTest {
  private static final int METHOD_LINES_MAX = 60;
  private static final int PARAMETERS_MAX = 5;
  private static final int CONSTRUCTOR_PARAMETERS_MAX = 7;

  private final List<String> tooLong = new ArrayList<>();
  private final List<String> tooWide = new ArrayList<>();

  @Test
  void methodsFitAScreenAndTakeFewArguments() throws IOException {
    List<Path> sources = SourceTree.files(".*/src/(main|test)/java/.*\\.java");
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null,
                  files,
                  null,
                  List.of("-proc:none"),
                  null,
                  files.getJavaFileObjectsFromPaths(sources));
      SourcePositions positions = Trees.instance(task).getSourcePositions();
      for (CompilationUnitTree unit : task.parse()) {
        new Measure(unit, positions).scan(unit, null);
      }
    }
    assertEquals(List.of(), tooLong, "over " + METHOD_LINES_MAX + " lines: name its steps");
    assertEquals(List.of(), tooWide, "too many parameters: make a record of them");
  }

  private final class Measure extends TreeScanner<@Nullable Void, @Nullable Void> {
    private final CompilationUnitTree unit;
    private final SourcePositions positions;
    private boolean inRecord;

    Measure(CompilationUnitTree unit, SourcePositions positions) {
      this.unit = unit;
      this.positions = positions;
    }

    @Override
    public @Nullable Void visitClass(ClassTree type, @Nullable Void nothing) {
      boolean outer = inRecord;
      inRecord = type.getKind() == Tree.Kind.RECORD;
      super.visitClass(type, null);
      inRecord = outer;
      return null;
    }

    @Override
    public @Nullable Void visitMethod(MethodTree method, @Nullable Void nothing) {
      long first = line(positions.getStartPosition(unit, method));
      long lines = line(positions.getEndPosition(unit, method)) - first + 1;
      String name =
          SourceTree.name(Path.of(unit.getSourceFile().toUri()))
              + ":"
              + first
              + " "
              + method.getName();
      if (lines > METHOD_LINES_MAX) {
        tooLong.add(name + ": " + lines);
      }
      if (method.getParameters().size() > parametersMax(method)) {
        tooWide.add(name + ": " + method.getParameters().size());
      }
      return super.visitMethod(method, null);
    }

    // A record's constructor is as wide as the record. An object's constructor is called once, from
    // where things are put together, and may take a few more parts than a call should arguments.
    private int parametersMax(MethodTree method) {
      if (!method.getName().contentEquals("<init>")) {
        return PARAMETERS_MAX;
      }
      return inRecord ? Integer.MAX_VALUE : CONSTRUCTOR_PARAMETERS_MAX;
    }

    private long line(long position) {
      return unit.getLineMap().getLineNumber(position);
    }
  }
}
