; The installer for Windows: for this user alone, without asking for an administrator; /S is silent.
; makensis -DVERSION=0.1.0 -DPROGRAM=<folder of the frozen program> -DICON=<neocapgui.ico> -DOUT=<installer.exe> neocapgui.nsi

Unicode true
ManifestDPIAware true
RequestExecutionLevel user
SetCompressor /SOLID lzma
Name "neocapgui ${VERSION}"
OutFile "${OUT}"
InstallDir "$LOCALAPPDATA\Programs\neocapgui"
InstallDirRegKey HKCU "Software\neocapgui" "Folder"
Icon "${ICON}"
UninstallIcon "${ICON}"
VIProductVersion "${VERSION}.0"
VIAddVersionKey "ProductName" "neocapgui"
VIAddVersionKey "FileDescription" "Installer of neocapgui"
VIAddVersionKey "FileVersion" "${VERSION}"
VIAddVersionKey "ProductVersion" "${VERSION}"
VIAddVersionKey "LegalCopyright" "MIT licence"

!include "FileFunc.nsh"
!include "x64.nsh"

!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\neocapgui"
!define KIND "neocapgui.scenario"

Page directory
Page instfiles
UninstPage uninstConfirm
UninstPage instfiles

Function .onInit
    ${IfNot} ${RunningX64}
        MessageBox MB_OK|MB_ICONSTOP "neocapgui needs Windows of 64 bits." /SD IDOK
        SetErrorLevel 1
        Quit
    ${EndIf}
FunctionEnd

; A running program holds its files: it is asked to be closed, never stopped.
!macro RefuseWhileRunning PROGRAM
    !define ID ${__LINE__}${PROGRAM}
    retry${ID}:
    ClearErrors
    IfFileExists "$INSTDIR\${PROGRAM}.exe" 0 free${ID}
    FileOpen $0 "$INSTDIR\${PROGRAM}.exe" a
    IfErrors 0 closed${ID}
        MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "neocapgui is running. Close it, then go on." /SD IDCANCEL IDRETRY retry${ID}
        SetErrorLevel 1
        Abort
    closed${ID}:
    FileClose $0
    free${ID}:
    !undef ID
!macroend

Section "neocapgui"
    !insertmacro RefuseWhileRunning neocapgui
    !insertmacro RefuseWhileRunning neocapgui-console
    ; An upgrade stands in place: what an older version left would mix with the new one.
    RMDir /r "$INSTDIR\_internal"
    SetOutPath "$INSTDIR"
    File /r "${PROGRAM}\*"
    WriteUninstaller "$INSTDIR\uninstall.exe"

    CreateShortcut "$SMPROGRAMS\neocapgui.lnk" "$INSTDIR\neocapgui.exe"

    ; Open with, for .db: offered, never claimed, because other programs have files of that ending too.
    WriteRegStr HKCU "Software\Classes\${KIND}" "" "neocapgui scenario"
    WriteRegStr HKCU "Software\Classes\${KIND}\DefaultIcon" "" "$INSTDIR\neocapgui.exe,0"
    WriteRegStr HKCU "Software\Classes\${KIND}\shell\open\command" "" '"$INSTDIR\neocapgui.exe" "%1"'
    WriteRegStr HKCU "Software\Classes\.db\OpenWithProgids" "${KIND}" ""
    WriteRegStr HKCU "Software\Classes\Applications\neocapgui.exe" "FriendlyAppName" "neocapgui"
    WriteRegStr HKCU "Software\Classes\Applications\neocapgui.exe\SupportedTypes" ".db" ""
    WriteRegStr HKCU "Software\Classes\Applications\neocapgui.exe\shell\open\command" "" '"$INSTDIR\neocapgui.exe" "%1"'

    WriteRegStr HKCU "Software\neocapgui" "Folder" "$INSTDIR"
    WriteRegStr HKCU "${UNINSTALL}" "DisplayName" "neocapgui"
    WriteRegStr HKCU "${UNINSTALL}" "DisplayVersion" "${VERSION}"
    WriteRegStr HKCU "${UNINSTALL}" "DisplayIcon" "$INSTDIR\neocapgui.exe,0"
    WriteRegStr HKCU "${UNINSTALL}" "Publisher" "neocapgui"
    WriteRegStr HKCU "${UNINSTALL}" "InstallLocation" "$INSTDIR"
    WriteRegStr HKCU "${UNINSTALL}" "UninstallString" '"$INSTDIR\uninstall.exe"'
    WriteRegStr HKCU "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
    WriteRegDWORD HKCU "${UNINSTALL}" "NoModify" 1
    WriteRegDWORD HKCU "${UNINSTALL}" "NoRepair" 1
    ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
    IntFmt $0 "0x%08X" $0
    WriteRegDWORD HKCU "${UNINSTALL}" "EstimatedSize" "$0"
    ${RefreshShellIcons}
SectionEnd

; Scenarios, settings, unsaved work and versions belong to the user and stay.
Section "Uninstall"
    !insertmacro RefuseWhileRunning neocapgui
    !insertmacro RefuseWhileRunning neocapgui-console
    RMDir /r "$INSTDIR\_internal"
    Delete "$INSTDIR\neocapgui.exe"
    Delete "$INSTDIR\neocapgui-console.exe"
    Delete "$INSTDIR\uninstall.exe"
    RMDir "$INSTDIR"
    Delete "$SMPROGRAMS\neocapgui.lnk"
    DeleteRegKey HKCU "Software\Classes\${KIND}"
    DeleteRegValue HKCU "Software\Classes\.db\OpenWithProgids" "${KIND}"
    DeleteRegKey HKCU "Software\Classes\Applications\neocapgui.exe"
    DeleteRegKey HKCU "Software\neocapgui"
    DeleteRegKey HKCU "${UNINSTALL}"
    ${RefreshShellIcons}
SectionEnd
