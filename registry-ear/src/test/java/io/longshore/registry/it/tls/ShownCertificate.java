package io.longshore.registry.it.tls;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;

/** Put into the application, answers with the subject of the certificate that the client has shown. */
public final class ShownCertificate extends HttpServlet {
    static final String PATH = "/shown-certificate";
    static final String NONE = "none";

    private static final long serialVersionUID = 1L;
    private static final String CLASS = ShownCertificate.class.getName();

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Object shown = request.getAttribute("jakarta.servlet.request.X509Certificate");
        response.setContentType("text/plain");
        response.getWriter().print(
                shown == null ? NONE : ((X509Certificate[]) shown)[0].getSubjectX500Principal().getName());
    }

    /** Puts it into a web application that lies in a folder, and is complete as its descriptor says. */
    static void install(Path application) throws IOException {
        String classFile = CLASS.replace('.', '/') + ".class";
        Path target = application.resolve("WEB-INF/classes").resolve(classFile);
        Files.createDirectories(target.getParent());
        try (InputStream bytes = ShownCertificate.class.getClassLoader().getResourceAsStream(classFile)) {
            Files.copy(bytes, target);
        }
        Path descriptor = application.resolve("WEB-INF/web.xml");
        Files.writeString(descriptor, Files.readString(descriptor).replace("</web-app>", """
                  <servlet>
                    <servlet-name>shown-certificate</servlet-name>
                    <servlet-class>%s</servlet-class>
                  </servlet>
                  <servlet-mapping>
                    <servlet-name>shown-certificate</servlet-name>
                    <url-pattern>%s</url-pattern>
                  </servlet-mapping>
                </web-app>
                """.formatted(CLASS, PATH)));
    }
}
