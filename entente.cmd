@echo off
rem Starts the entente command; builds it first when that was not done yet or the sources are newer.
rem Needs the .NET 10 SDK.
setlocal
set "ROOT=%~dp0"
set "DLL=%ROOT%artifacts\bin\Entente.Cli\release\entente.dll"
set "STAMP=%ROOT%artifacts\bin\Entente.Cli\release\.built"

where dotnet >nul 2>nul
if errorlevel 1 (
    echo entente: the .NET 10 SDK is needed: https://dotnet.microsoft.com/download 1>&2
    exit /b 1
)

if not exist "%DLL%" goto build
if not exist "%STAMP%" goto build
powershell -NoProfile -Command "$t=(Get-Item '%STAMP%' -Force).LastWriteTimeUtc; if (Get-ChildItem '%ROOT%src','%ROOT%samples','%ROOT%Directory.Build.props','%ROOT%Directory.Packages.props' -Recurse -File -ErrorAction SilentlyContinue | Where-Object { $_.LastWriteTimeUtc -gt $t } | Select-Object -First 1) { exit 1 }"
if errorlevel 1 goto build
goto run

:build
echo entente: building, once... 1>&2
set "LOG=%TEMP%\entente-build-%RANDOM%.log"
dotnet build "%ROOT%src\Entente.Cli\Entente.Cli.csproj" -c Release -nologo -v quiet >"%LOG%" 2>&1
if errorlevel 1 (
    type "%LOG%" 1>&2
    del "%LOG%"
    echo entente: the build failed; what the compiler said stands above. 1>&2
    exit /b 1
)
del "%LOG%"
type nul >"%STAMP%"
goto run

:run
dotnet "%DLL%" %*
exit /b %ERRORLEVEL%
