Target amd64-unicode
; The set-up of one person: no administrator, no network. Filled in by pynsist, run by Debian's makensis.
SetCompressor /SOLID lzma
SetCompressorDictSize 64
ManifestDPIAware true
RequestExecutionLevel user

!define VERSION "[[ib.version]]"
!define FOLDER "thidua_desktop"
!define TITLE "Thi đua"
!define OWN_KEY "Software\${FOLDER}"
!define UNINSTALL_KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\${FOLDER}"
!define NEEDED_MB [[needed_mb]]
!define LEAST_BUILD 17763

!include "MUI2.nsh"
!include "LogicLib.nsh"
!include "WinVer.nsh"
!include "x64.nsh"
!include "FileFunc.nsh"

Name "${TITLE} ${VERSION}"
OutFile "[[ib.installer_name]]"
InstallDir "$LOCALAPPDATA\Programs\${FOLDER}"
InstallDirRegKey HKCU "${OWN_KEY}" "folder"
ShowInstDetails nevershow
ShowUninstDetails nevershow

!define MUI_ICON "thidua.ico"
!define MUI_UNICON "thidua.ico"
!define MUI_ABORTWARNING
!define MUI_WELCOMEPAGE_TITLE "Cài đặt ${TITLE} ${VERSION}"
!define MUI_WELCOMEPAGE_TEXT "Chương trình ghi sổ, in giấy tờ và gửi tỉnh phong trào toàn dân bảo vệ an ninh Tổ quốc.$\r$\n$\r$\nCài cho người đang dùng máy: không cần quyền quản trị, không cần mạng. Cài lại lên bản cũ thì sổ và thiết lập giữ nguyên.$\r$\n$\r$\nBấm Tiếp theo để cài."
!define MUI_PAGE_CUSTOMFUNCTION_PRE skip_when_updating
!insertmacro MUI_PAGE_WELCOME
!define MUI_PAGE_CUSTOMFUNCTION_PRE skip_when_updating
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!define MUI_PAGE_CUSTOMFUNCTION_PRE skip_when_updating
!define MUI_FINISHPAGE_TITLE "Đã cài xong ${TITLE} ${VERSION}"
!define MUI_FINISHPAGE_TEXT "Mở chương trình từ màn hình nền hoặc thực đơn Start. Tệp sổ (.thidua) và gói gửi (.tdp) mở được bằng nhấp đúp."
!define MUI_FINISHPAGE_RUN "$INSTDIR\thidua_desktop.exe"
!define MUI_FINISHPAGE_RUN_TEXT "Mở chương trình ngay"
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "Vietnamese"

VIProductVersion "${VERSION}.0"
VIAddVersionKey /LANG=${LANG_VIETNAMESE} "ProductName" "${TITLE}"
VIAddVersionKey /LANG=${LANG_VIETNAMESE} "FileDescription" "Tệp cài đặt ${TITLE}"
VIAddVersionKey /LANG=${LANG_VIETNAMESE} "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=${LANG_VIETNAMESE} "LegalCopyright" "GPL-3.0-or-later"

Var updating
Var opening
Var before

; One refusal: its sentence on the screen and in setup.log, its number as exit status (what the smoke test reads).
!macro Refuse number sentence
  CreateDirectory "$LOCALAPPDATA\${FOLDER}"
  FileOpen $9 "$LOCALAPPDATA\${FOLDER}\setup.log" w
  FileWriteUTF16LE /BOM $9 "${number} ${sentence}$\r$\n"
  FileClose $9
  MessageBox MB_OK|MB_ICONSTOP "${sentence}" /SD IDOK
  SetErrorLevel ${number}
  Quit
!macroend

; Whether the program in $INSTDIR runs: Windows lets nobody write to a program that runs. 1 or 0 onto the stack.
!macro RunningFunction prefix
Function ${prefix}is_running
  ${If} ${FileExists} "$INSTDIR\thidua_desktop.exe"
    ClearErrors
    FileOpen $8 "$INSTDIR\thidua_desktop.exe" a
    ${If} ${Errors}
      Push 1
      Return
    ${EndIf}
    FileClose $8
    ClearErrors
    FileOpen $8 "$INSTDIR\Python\python313.dll" a
    ${If} ${Errors}
    ${AndIf} ${FileExists} "$INSTDIR\Python\python313.dll"
      Push 1
      Return
    ${EndIf}
    FileClose $8
  ${EndIf}
  Push 0
FunctionEnd
!macroend
!insertmacro RunningFunction ""
!insertmacro RunningFunction "un."

Function skip_when_updating
  ${If} $updating == 1
    Abort
  ${EndIf}
FunctionEnd

Function .onInit
  ${IfNot} ${RunningX64}
    !insertmacro Refuse 11 "Máy này chạy Windows 32 bit. Chương trình cần Windows 10 hoặc 11 bản 64 bit."
  ${EndIf}
  ${IfNot} ${AtLeastWin10}
  ${OrIfNot} ${AtLeastBuild} ${LEAST_BUILD}
    !insertmacro Refuse 12 "Windows trên máy này quá cũ. Chương trình cần Windows 10 bản 1809 trở lên hoặc Windows 11; cập nhật Windows rồi chạy lại."
  ${EndIf}
  ${GetParameters} $R0
  ClearErrors
  ${GetOptions} $R0 "/UPDATE" $R1
  ${IfNot} ${Errors}
    StrCpy $updating 1
  ${EndIf}
  ClearErrors
  ${GetOptions} $R0 "/OPEN=" $opening
  ${GetRoot} "$INSTDIR" $R2
  ${DriveSpace} "$R2\" "/D=F /S=M" $R3
  ${If} $R3 < ${NEEDED_MB}
    !insertmacro Refuse 13 "Ổ đĩa $R2 chỉ còn $R3 MB trống, cần ${NEEDED_MB} MB. Dọn bớt tệp không cần rồi chạy lại."
  ${EndIf}
  ; After an update was asked for, the program needs a moment to close.
  StrCpy $R4 0
  ${Do}
    Call is_running
    Pop $R5
    ${If} $R5 == 0
    ${OrIf} $updating != 1
    ${OrIf} $R4 >= 120
      ${Break}
    ${EndIf}
    Sleep 500
    IntOp $R4 $R4 + 1
  ${Loop}
  ${If} $R5 == 1
    !insertmacro Refuse 14 "Chương trình đang chạy. Đóng mọi cửa sổ Thi đua rồi chạy lại tệp cài đặt."
  ${EndIf}
FunctionEnd

; A kind of file that opens with another program today is remembered, and given back when ours goes.
!macro Associate ending class title
  ReadRegStr $R0 HKCU "Software\Classes\.${ending}" ""
  ${If} $R0 != ""
  ${AndIf} $R0 != "${FOLDER}.${class}"
    WriteRegStr HKCU "Software\Classes\.${ending}" "${FOLDER}.before" "$R0"
  ${EndIf}
  WriteRegStr HKCU "Software\Classes\.${ending}" "" "${FOLDER}.${class}"
  WriteRegStr HKCU "Software\Classes\${FOLDER}.${class}" "" "${title}"
  WriteRegStr HKCU "Software\Classes\${FOLDER}.${class}\DefaultIcon" "" "$INSTDIR\thidua_desktop.exe,0"
  WriteRegStr HKCU "Software\Classes\${FOLDER}.${class}\shell\open\command" "" '"$INSTDIR\thidua_desktop.exe" "%1"'
!macroend
!macro Dissociate ending class
  DeleteRegKey HKCU "Software\Classes\${FOLDER}.${class}"
  ReadRegStr $R0 HKCU "Software\Classes\.${ending}" ""
  ReadRegStr $R1 HKCU "Software\Classes\.${ending}" "${FOLDER}.before"
  DeleteRegValue HKCU "Software\Classes\.${ending}" "${FOLDER}.before"
  ${If} $R0 == "${FOLDER}.${class}"
    ${If} $R1 == ""
      DeleteRegValue HKCU "Software\Classes\.${ending}" ""
    ${Else}
      WriteRegStr HKCU "Software\Classes\.${ending}" "" "$R1"
    ${EndIf}
  ${EndIf}
  DeleteRegKey /ifempty HKCU "Software\Classes\.${ending}"
!macroend

Section "install"
  ${If} $updating == 1
    SetAutoClose true
  ${EndIf}
  ; A folder that already holds a Python or packages of something else is not ours to clear: into one of its own there.
  ${IfNot} ${FileExists} "$INSTDIR\thidua_desktop.exe"
  ${AndIfNot} ${FileExists} "$INSTDIR\pkgs\thidua_desktop\*.*"
    ${If} ${FileExists} "$INSTDIR\Python\*.*"
    ${OrIf} ${FileExists} "$INSTDIR\pkgs\*.*"
      StrCpy $INSTDIR "$INSTDIR\${FOLDER}"
    ${EndIf}
  ${EndIf}
  Call is_running ; the person may have chosen another folder than the one looked at in the beginning
  Pop $R5
  ${If} $R5 == 1
    !insertmacro Refuse 14 "Chương trình đang chạy. Đóng mọi cửa sổ Thi đua rồi chạy lại tệp cài đặt."
  ${EndIf}
  ReadRegStr $before HKCU "${OWN_KEY}" "version"
  ; Program parts are always put in anew: a second run repairs whatever was damaged.
  RMDir /r "$INSTDIR\pkgs"
  RMDir /r "$INSTDIR\Python"
  SetOverwrite on
  [% for part in folders %]
  [% for folder, names in part %]
  SetOutPath "$INSTDIR\[[folder.replace("/", "\\")]]"
  [% for name in names %]
  File "[[folder]]/[[name]]"
  [% endfor %]
  [% endfor %]
  [% endfor %]
  SetOutPath "$INSTDIR"
  File "thidua_desktop.exe"
  File "thidua.exe"
  File "thidua.ico"

  ; This set-up and the one before stay, so that there is a way back without the stick.
  CreateDirectory "$LOCALAPPDATA\${FOLDER}\setups"
  ${If} "$EXEPATH" != "$LOCALAPPDATA\${FOLDER}\setups\thidua-${VERSION}-setup.exe"
    CopyFiles /SILENT "$EXEPATH" "$LOCALAPPDATA\${FOLDER}\setups\thidua-${VERSION}-setup.exe"
  ${EndIf}
  ${If} $before != ""
  ${AndIf} $before != "${VERSION}"
    WriteRegStr HKCU "${OWN_KEY}" "before" "$before"
  ${EndIf}
  ReadRegStr $before HKCU "${OWN_KEY}" "before"
  FindFirst $R6 $R7 "$LOCALAPPDATA\${FOLDER}\setups\thidua-*-setup.exe"
  ${DoWhile} $R7 != ""
    ${If} $R7 != "thidua-${VERSION}-setup.exe"
    ${AndIf} $R7 != "thidua-$before-setup.exe"
      Delete "$LOCALAPPDATA\${FOLDER}\setups\$R7"
    ${EndIf}
    FindNext $R6 $R7
  ${Loop}
  FindClose $R6

  SetOutPath "$INSTDIR"
  CreateShortCut "$SMPROGRAMS\${TITLE}.lnk" "$INSTDIR\thidua_desktop.exe" "" "$INSTDIR\thidua.ico"
  CreateShortCut "$DESKTOP\${TITLE}.lnk" "$INSTDIR\thidua_desktop.exe" "" "$INSTDIR\thidua.ico"
  !insertmacro Associate "thidua" "office" "Sổ thi đua"
  !insertmacro Associate "tdp" "package" "Gói gửi thi đua"
  !insertmacro Associate "tdcard" "card" "Thẻ đơn vị thi đua"
  !insertmacro Associate "tdkey" "key" "Tệp đổi khóa thi đua"
  !insertmacro Associate "tdaccept" "acceptance" "Thẻ trả lại thi đua"
  !insertmacro Associate "tdupdate" "update" "Tệp cập nhật Thi đua"
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'

  WriteUninstaller "$INSTDIR\uninstall.exe"
  WriteRegStr HKCU "${OWN_KEY}" "folder" "$INSTDIR"
  WriteRegStr HKCU "${OWN_KEY}" "version" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayName" "${TITLE}"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayIcon" "$INSTDIR\thidua.ico"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${UNINSTALL_KEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "EstimatedSize" [[installed_kb]]
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "NoRepair" 1
SectionEnd

Function .onInstSuccess
  ${If} $updating == 1
    ${If} $opening != ""
      Exec '"$INSTDIR\thidua_desktop.exe" "$opening"'
    ${Else}
      Exec '"$INSTDIR\thidua_desktop.exe"'
    ${EndIf}
  ${EndIf}
FunctionEnd

Function un.onInit
  Call un.is_running
  Pop $R5
  ${If} $R5 == 1
    !insertmacro Refuse 14 "Chương trình đang chạy. Đóng mọi cửa sổ Thi đua rồi gỡ lại."
  ${EndIf}
FunctionEnd

Section "Uninstall"
  ; Asked of the program while it is still there: where this person's offices lie.
  StrCpy $R8 "$LOCALAPPDATA\${FOLDER}\data-kept.txt"
  Delete "$R8"
  nsExec::Exec '"$INSTDIR\thidua.exe" where --out "$R8"'
  Pop $0
  RMDir /r "$INSTDIR\pkgs"
  RMDir /r "$INSTDIR\Python"
  Delete "$INSTDIR\thidua_desktop.exe"
  Delete "$INSTDIR\thidua.exe"
  Delete "$INSTDIR\thidua.ico"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  RMDir /r "$LOCALAPPDATA\${FOLDER}\setups"
  Delete "$SMPROGRAMS\${TITLE}.lnk"
  Delete "$DESKTOP\${TITLE}.lnk"
  !insertmacro Dissociate "thidua" "office"
  !insertmacro Dissociate "tdp" "package"
  !insertmacro Dissociate "tdcard" "card"
  !insertmacro Dissociate "tdkey" "key"
  !insertmacro Dissociate "tdaccept" "acceptance"
  !insertmacro Dissociate "tdupdate" "update"
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
  DeleteRegKey HKCU "${UNINSTALL_KEY}"
  DeleteRegKey HKCU "${OWN_KEY}"
  StrCpy $R9 ""
  ClearErrors
  FileOpen $R7 "$R8" r
  ${IfNot} ${Errors}
    ${Do}
      FileReadUTF16LE $R7 $R6
      ${If} ${Errors}
        ${Break}
      ${EndIf}
      StrCpy $R9 "$R9$R6"
    ${Loop}
    FileClose $R7
  ${EndIf}
  MessageBox MB_OK|MB_ICONINFORMATION "Đã gỡ chương trình. Sổ của đơn vị không bị xóa:$\r$\n$R9$\r$\nDanh sách này ghi ở $R8." /SD IDOK
SectionEnd
