@echo off
rem clarinet - builds what is missing, then runs a command on the JVM: the launcher of Windows.
rem
rem   clarinet COMMAND [OPTION...]        clarinet --help lists the commands
rem
rem Environment:
rem   JAVA_HOME            the JDK to use, 17 or newer; else the java on the PATH
rem   CLARINET_JAVA_OPTS   further options for the JVM
rem
rem The first JVM, which is told no option, starts another with all that commands need
rem (src/docs/embedding.md), so none stands here. Nobody has run this on Windows yet.

setlocal DisableDelayedExpansion
set "CLARINET_JAR=%~dp0target\cli\clarinet-cli.jar"

set "CLARINET_JAVA=java"
if defined JAVA_HOME if exist "%JAVA_HOME%\bin\java.exe" set "CLARINET_JAVA=%JAVA_HOME%\bin\java.exe"
"%CLARINET_JAVA%" -version >nul 2>&1
if errorlevel 1 (
  echo clarinet: no Java: install a JDK 17 or newer, as from adoptium.net, and set JAVA_HOME to its folder>&2
  exit /b 1
)
"%CLARINET_JAVA%" --add-exports=java.base/jdk.internal.module=ALL-UNNAMED -version >nul 2>&1
if errorlevel 1 goto old
