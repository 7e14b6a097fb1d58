; Restage under "Open with" for videos and pictures, and never as their default: the builder's own fileAssociations would write itself into
; Software\Classes\.mp4 as the program that opens them. Explorer offers what stands under Applications for the types that are listed there.
!macro restageSupportsType EXT
  WriteRegStr SHELL_CONTEXT "Software\Classes\Applications\${APP_EXECUTABLE_FILENAME}\SupportedTypes" ".${EXT}" ""
!macroend

!macro customInstall
  WriteRegStr SHELL_CONTEXT "Software\Classes\Applications\${APP_EXECUTABLE_FILENAME}" "FriendlyAppName" "${PRODUCT_NAME}"
  WriteRegStr SHELL_CONTEXT "Software\Classes\Applications\${APP_EXECUTABLE_FILENAME}\shell\open\command" "" '"$INSTDIR\${APP_EXECUTABLE_FILENAME}" "%1"'
  !insertmacro restageSupportsType "mp4"
  !insertmacro restageSupportsType "m4v"
  !insertmacro restageSupportsType "mov"
  !insertmacro restageSupportsType "mkv"
  !insertmacro restageSupportsType "webm"
  !insertmacro restageSupportsType "avi"
  !insertmacro restageSupportsType "mxf"
  !insertmacro restageSupportsType "mts"
  !insertmacro restageSupportsType "m2ts"
  !insertmacro restageSupportsType "mpg"
  !insertmacro restageSupportsType "jpg"
  !insertmacro restageSupportsType "jpeg"
  !insertmacro restageSupportsType "png"
  !insertmacro restageSupportsType "webp"
  !insertmacro restageSupportsType "heic"
  !insertmacro restageSupportsType "heif"
  !insertmacro restageSupportsType "avif"
  !insertmacro restageSupportsType "tif"
  !insertmacro restageSupportsType "tiff"
!macroend

!macro customUnInstall
  DeleteRegKey SHELL_CONTEXT "Software\Classes\Applications\${APP_EXECUTABLE_FILENAME}"
!macroend
