@echo off
rem Restage on the command line, out of an installed package. The program itself is a window program: no console waits for it, and its exit
rem code is lost. So a Node of the person's own runs the same code here.
setlocal
set "node=%RESTAGE_NODE%"
if not defined node set "node=node"
"%node%" -e "process.exit(Number(process.versions.node.split('.')[0]) >= 24 ? 0 : 1)" 2>nul
if errorlevel 1 (
  echo restage: this needs Node.js 24 or newer in PATH, or its path in RESTAGE_NODE: https://nodejs.org 1>&2
  exit /b 1
)
"%node%" "%~dp0..\app.asar.unpacked\out\node\cli.js" %*
exit /b %errorlevel%
