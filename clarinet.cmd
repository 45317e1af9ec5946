@echo off
rem clarinet - builds what is missing, then runs a command on the JVM: ./clarinet for Windows.
rem
rem   clarinet COMMAND [OPTION...]        clarinet --help lists the commands
rem
rem Environment:
rem   JAVA_HOME            the JDK to use, 17 or newer; else the java on the PATH
rem   CLARINET_JAVA_OPTS   further options for the JVM
rem
rem It builds once: after a change of the sources, delete target\cli\lib\clarinet-cli.jar.
setlocal DisableDelayedExpansion
set "home=%~dp0"

set "java="
if defined JAVA_HOME if exist "%JAVA_HOME%\bin\java.exe" set "java=%JAVA_HOME%\bin\java.exe"
if not defined java for %%j in (java.exe) do set "java=%%~$PATH:j"
if not defined java (
  echo clarinet: there is no Java: install a JDK 17 or newer, and set JAVA_HOME to its folder>&2
  exit /b 1
)
for %%j in ("%java%") do set "jdk=%%~dpj.."

rem The version is 17, 25, ..., or 1 for 1.8; a java that lies in no JDK is asked for it.
set "version="
if exist "%jdk%\release" for /f "usebackq tokens=1,2 delims==." %%k in ("%jdk%\release") do (
  if "%%k"=="JAVA_VERSION" set "version=%%l"
)
if not defined version call :ask
if not defined version set "version=0"
set "version=%version:"=%"
if %version% LSS 17 (
  echo clarinet: "%java%" is no Java 17 or newer: install a JDK, and set JAVA_HOME to its folder>&2
  exit /b 1
)

set "jar=%home%target\cli\lib\clarinet-cli.jar"
if not exist "%jar%" call :build
if not exist "%jar%" exit /b 1

set "options=-XX:+UseSerialGC -Xms64m -XX:-UsePerfData -XX:MaxDirectMemorySize=64g"
set "options=%options% -Djava.awt.headless=true"
if %version% GEQ 22 set "options=%options% --enable-native-access=ALL-UNNAMED"
rem 25 is the newest on which src/docs/decisions/vector-module.md was tried
if %version% LEQ 25 (
  set "options=%options% --add-exports=java.base/jdk.internal.module=ALL-UNNAMED"
) else (
  findstr /c:"jdk.incubator.vector" "%jdk%\release" >nul 2>&1 && call :incubator
)
"%java%" %options% %CLARINET_JAVA_OPTS% -cp "%home%target\cli\lib\*" io.clarinet.cli.Main %*
exit /b %errorlevel%

:ask
set "answer=%TEMP%\clarinet-java-%RANDOM%.txt"
"%java%" -XshowSettings:properties -version >"%answer%" 2>&1
for /f "usebackq tokens=1,2 delims== " %%k in ("%answer%") do (
  if "%%k"=="java.specification.version" set "version=%%l"
)
del "%answer%"
exit /b 0

:incubator
set "options=%options% --add-modules=jdk.incubator.vector"
exit /b 0

:build
echo clarinet: building; the first time takes some minutes, for the libraries>&2
set "JAVA_HOME=%jdk%"
for %%m in (mvn.cmd) do set "maven=%%~$PATH:m"
if not defined maven (
  echo clarinet: Maven is missing: install it, and put its folder bin on the PATH>&2
  exit /b 1
)
call "%maven%" -B -q -f "%home%pom.xml" -Dmaven.test.skip=true -DskipArtifacts -DskipIntegrations package 1>&2
if errorlevel 1 echo clarinet: the build failed>&2
exit /b 0
