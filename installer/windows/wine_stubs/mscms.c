/* Wine 8's mscms.dll lacks these; Qt's windows plugin asks them for the colours of screens. Answer: none known. */
#include <windows.h>

#define REFUSED(name) __declspec(dllexport) HRESULT WINAPI name(void) { return E_NOTIMPL; }
REFUSED(ColorProfileGetDisplayDefault) REFUSED(ColorProfileGetDisplayList) REFUSED(ColorProfileGetDisplayUserScope)

#define UNKNOWN(name) __declspec(dllexport) BOOL WINAPI name(void) { return FALSE; }
UNKNOWN(GetColorProfileElementTag) UNKNOWN(GetColorProfileHeader) UNKNOWN(GetColorDirectoryW)
UNKNOWN(WcsGetDefaultColorProfile) UNKNOWN(WcsGetDefaultColorProfileSize) UNKNOWN(CloseColorProfile)
__declspec(dllexport) HANDLE WINAPI OpenColorProfileW(void) { return NULL; }
