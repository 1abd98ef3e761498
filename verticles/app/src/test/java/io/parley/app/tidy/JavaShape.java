package io.parley.app.tidy;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** What the Java parser sees in one file: its types and its methods, with their sizes. */
record JavaShape(List<String> types, List<Method> methods) {
    /** A method or constructor with a body: {@code lines} from its modifiers to its last brace. */
    record Method(String name, int parameters, long lines) {}

    static JavaShape of(SourceFile file) {
        var compiler = ToolProvider.getSystemJavaCompiler();
        var source = new InMemory(file);
        var task = (JavacTask) compiler.getTask(null, null, _ -> {}, List.of("-proc:none"), null, List.of(source));
        try {
            var collector = new Collector(Trees.instance(task).getSourcePositions());
            for (var unit : task.parse()) {
                collector.scanUnit(unit);
            }
            return new JavaShape(List.copyOf(collector.types), List.copyOf(collector.methods));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static final class Collector extends TreeScanner<Void, CompilationUnitTree> {
        private final SourcePositions positions;
        private final List<String> types = new ArrayList<>();
        private final List<Method> methods = new ArrayList<>();
        private boolean inRecord;

        private Collector(SourcePositions positions) {
            this.positions = positions;
        }

        void scanUnit(CompilationUnitTree unit) {
            unit.getTypeDecls().forEach(tree -> {
                if (tree instanceof ClassTree type) {
                    types.add(type.getSimpleName().toString());
                }
            });
            scan(unit, unit);
        }

        @Override
        public @Nullable Void visitClass(ClassTree type, CompilationUnitTree unit) {
            boolean outer = inRecord;
            inRecord = type.getKind() == Tree.Kind.RECORD;
            super.visitClass(type, unit);
            inRecord = outer;
            return null;
        }

        @Override
        public @Nullable Void visitMethod(MethodTree method, CompilationUnitTree unit) {
            LineMap lines = unit.getLineMap();
            long first = lines.getLineNumber(positions.getStartPosition(unit, method));
            long last = lines.getLineNumber(positions.getEndPosition(unit, method));
            // The parser gives a compact constructor the components of its record as parameters.
            boolean mayBeCompact = inRecord && method.getReturnType() == null;
            int parameters = mayBeCompact ? 0 : method.getParameters().size();
            methods.add(new Method(method.getName().toString(), parameters, last - first + 1));
            return super.visitMethod(method, unit);
        }
    }

    private static final class InMemory extends SimpleJavaFileObject {
        private final String text;

        private InMemory(SourceFile file) {
            super(URI.create("string:///" + file.path()), JavaFileObject.Kind.SOURCE);
            this.text = String.join("\n", file.lines());
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
