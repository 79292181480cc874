package io.longshore.registry;

import java.io.IOException;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What others can use of a library, as text that is the same for the same API. */
final class PublicApi {
    private final Path classes;

    /** @param classes the folder of a library's classes */
    PublicApi(Path classes) {
        this.classes = classes;
    }

    /** The packages that have something that others can use. */
    List<String> packages() throws IOException {
        try (Stream<Path> files = Files.walk(classes)) {
            return files.filter(file -> file.toString().endsWith(".class"))
                    .map(file -> classes.relativize(file.getParent()).toString().replace('/', '.'))
                    .filter(name -> !name.endsWith(".tool") && !name.contains(".tool."))
                    .distinct()
                    .sorted()
                    .toList();
        }
    }

    /** One line for each type and each of its members. */
    List<String> lines(String packageName) throws IOException {
        return types(packageName).stream().flatMap(type -> describe(type).stream()).toList();
    }

    List<Class<?>> types(String packageName) throws IOException {
        try (Stream<Path> files = Files.list(classes.resolve(packageName.replace('.', '/')))) {
            List<Class<?>> types = new ArrayList<>();
            for (Path file : files.filter(path -> path.toString().endsWith(".class")).sorted().toList()) {
                String name = file.getFileName().toString().replace(".class", "");
                Class<?> type = load(packageName + '.' + name);
                if (isShown(type)) {
                    types.add(type);
                }
            }
            return types;
        }
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, PublicApi.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isShown(Class<?> type) {
        return !type.isSynthetic() && !type.isAnonymousClass() && !type.isLocalClass() && isShown(type.getModifiers())
                && (type.getDeclaringClass() == null || isShown(type.getDeclaringClass()));
    }

    private static boolean isShown(int modifiers) {
        return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
    }

    private static List<String> describe(Class<?> type) {
        List<String> lines = new ArrayList<>();
        lines.add(type.toGenericString() + superTypes(type) + deprecation(type));
        Stream<String> members = Stream.of(type.getDeclaredFields(), type.getDeclaredConstructors(),
                        type.getDeclaredMethods())
                .flatMap(Arrays::stream)
                .filter(member -> isMemberShown(type, (Member) member))
                .map(member -> "    " + describe(member))
                .sorted();
        members.forEach(lines::add);
        return lines;
    }

    private static boolean isMemberShown(Class<?> type, Member member) {
        boolean isBeyondReach = Modifier.isProtected(member.getModifiers()) && Modifier.isFinal(type.getModifiers());
        return !member.isSynthetic() && isShown(member.getModifiers()) && !isBeyondReach;
    }

    private static String describe(Object member) {
        String text = member instanceof Field field ? field.toGenericString() + constant(field)
                : member instanceof Method method ? method.toGenericString()
                : ((Constructor<?>) member).toGenericString();
        return text + deprecation((AnnotatedElement) member);
    }

    /** The compiler copies it to whoever uses it. */
    private static String constant(Field field) {
        boolean isConstant = Modifier.isStatic(field.getModifiers()) && Modifier.isFinal(field.getModifiers())
                && (field.getType().isPrimitive() || field.getType() == String.class);
        try {
            return isConstant ? " = " + field.get(null) : "";
        } catch (IllegalAccessException e) {
            return "";
        }
    }

    private static String superTypes(Class<?> type) {
        List<Type> all = new ArrayList<>();
        if (type.getSuperclass() != null && type.getSuperclass() != Object.class) {
            all.add(type.getGenericSuperclass());
        }
        all.addAll(Arrays.asList(type.getGenericInterfaces()));
        return all.isEmpty() ? "" : all.stream().map(Type::getTypeName).collect(Collectors.joining(", ", " : ", ""));
    }

    private static String deprecation(AnnotatedElement element) {
        return element.isAnnotationPresent(Deprecated.class) ? " (deprecated)" : "";
    }

    /** All types that a member speaks of. */
    static Stream<Class<?>> spokenOf(Class<?> type) {
        Stream<Class<?>> called = Stream.of(type.getDeclaredConstructors(), type.getDeclaredMethods())
                .flatMap(Arrays::stream)
                .map(Executable.class::cast)
                .filter(member -> isMemberShown(type, member))
                .flatMap(member -> Stream.of(
                                member.getParameterTypes(), member.getExceptionTypes(),
                                new Class<?>[] {member instanceof Method method ? method.getReturnType() : void.class})
                        .flatMap(Arrays::stream));
        Stream<Class<?>> fields = Stream.of(type.getDeclaredFields())
                .filter(field -> isMemberShown(type, field))
                .map(Field::getType);
        return Stream.concat(called, fields);
    }
}
