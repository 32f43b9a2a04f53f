# MSCAN_CHECK_CFLAG(FLAG, VARIABLE)
# Appends FLAG to VARIABLE when the compiler takes it without a warning.
AC_DEFUN([MSCAN_CHECK_CFLAG], [
    AC_MSG_CHECKING([whether $CC takes $1])
    mscan_saved_CFLAGS=$CFLAGS
    CFLAGS="$CFLAGS -Werror $1"
    AC_COMPILE_IFELSE([AC_LANG_PROGRAM([], [])],
        [AC_MSG_RESULT([yes])
         $2="$$2 $1"],
        [AC_MSG_RESULT([no])])
    CFLAGS=$mscan_saved_CFLAGS
])

# MSCAN_SANITIZER(OPTION, NAME, DESCRIPTION)
# Adds --enable-OPTION, which builds and links with -fsanitize=NAME.
AC_DEFUN([MSCAN_SANITIZER], [
    AC_ARG_ENABLE([$1], [AS_HELP_STRING([--enable-$1], [build with $3])], [], [enable_$1=no])
    AS_IF([test "x$enable_$1" = xyes],
        [SANITIZE_FLAGS="$SANITIZE_FLAGS -fsanitize=$2 -fno-omit-frame-pointer"
         sanitizers="$sanitizers $2"])
])

# MSCAN_COMPLETION(SHELL, VARIABLE, FOLDER)
# Adds --with-SHELL-completion-dir, and sets VARIABLE_DIR and the condition VARIABLE.  The program prints its completions
# itself, so there are none when it is built for another machine.
AC_DEFUN([MSCAN_COMPLETION], [
    AC_ARG_WITH([$1-completion-dir],
        [AS_HELP_STRING([--with-$1-completion-dir=DIR],
                        [install the completions for $1 in DIR @<:@DATADIR/$3@:>@; "no": leave them out])],
        [], [AS_IF([test "x$cross_compiling" = xyes], [with_$1_completion_dir=no], [with_$1_completion_dir=yes])])
    AS_IF([test "x$with_$1_completion_dir" = xyes], [$2_DIR='${datadir}/$3'], [$2_DIR=$with_$1_completion_dir])
    AC_SUBST([$2_DIR])
    AM_CONDITIONAL([$2], [test "x$with_$1_completion_dir" != xno])
])
