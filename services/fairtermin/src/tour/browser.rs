//! The little of a browser that the tour needs: cookies, redirects and links.

use std::collections::BTreeMap;

use reqwest::{
    Client, Response,
    header::{COOKIE, LOCATION, SET_COOKIE},
    redirect::Policy,
};
use url::Url;

use super::report::StepError;

/// More redirects than any log-in has.
const MAX_REDIRECTS: usize = 20;

/// One person's browser.
#[derive(Debug)]
pub struct Browser {
    http: Client,
    /// Cookies by host and name. Like a real browser's, they do not tell ports apart.
    cookies: BTreeMap<(String, String), String>,
}

/// A page that was reached.
#[derive(Debug)]
pub struct Page {
    pub url: Url,
    pub status: u16,
    pub body: String,
}

impl Browser {
    pub fn new() -> Result<Self, StepError> {
        let http = Client::builder()
            .redirect(Policy::none())
            .timeout(std::time::Duration::from_secs(20))
            .build()?;
        Ok(Self { http, cookies: BTreeMap::new() })
    }

    /// Opens `url` and follows redirects, but not to an address that starts with `stop_at`.
    pub async fn open(&mut self, url: Url, stop_at: Option<&Url>) -> Result<Page, StepError> {
        let response = self.send(self.http.get(url.clone()), &url).await?;
        self.follow(url, response, stop_at).await
    }

    async fn follow(
        &mut self,
        mut url: Url,
        mut response: Response,
        stop_at: Option<&Url>,
    ) -> Result<Page, StepError> {
        for _ in 0..MAX_REDIRECTS {
            let status = response.status();
            let next = response.headers().get(LOCATION).and_then(|value| value.to_str().ok());
            let Some(next) = next.filter(|_| status.is_redirection()) else {
                return Ok(Page { url, status: status.as_u16(), body: response.text().await? });
            };
            url = url.join(next)?;
            if stop_at.is_some_and(|stop| url.as_str().starts_with(stop.as_str())) {
                return Ok(Page { url, status: status.as_u16(), body: String::new() });
            }
            response = self.send(self.http.get(url.clone()), &url).await?;
        }
        Err(StepError::new(format!("more than {MAX_REDIRECTS} redirects")))
    }

    async fn send(
        &mut self,
        request: reqwest::RequestBuilder,
        url: &Url,
    ) -> Result<Response, StepError> {
        let host = url.host_str().unwrap_or_default().to_owned();
        let cookies: Vec<_> = self
            .cookies
            .iter()
            .filter(|((owner, _), _)| *owner == host)
            .map(|((_, name), value)| format!("{name}={value}"))
            .collect();
        let response = request.header(COOKIE, cookies.join("; ")).send().await?;
        for header in response.headers().get_all(SET_COOKIE) {
            let text = header.to_str().unwrap_or_default();
            let Some((name, value)) = text.split(';').next().and_then(|pair| pair.split_once('='))
            else {
                continue;
            };
            let key = (host.clone(), name.trim().to_owned());
            if text.to_ascii_lowercase().contains("max-age=0") || value.is_empty() {
                self.cookies.remove(&key);
            } else {
                self.cookies.insert(key, value.to_owned());
            }
        }
        Ok(response)
    }
}

impl Page {
    /// The link whose address contains `fragment`.
    pub fn link_to(&self, fragment: &str) -> Result<Url, StepError> {
        let links = self.body.split("<a ").skip(1).filter_map(|link| attribute(link, "href"));
        let target = links.into_iter().find(|target| target.contains(fragment));
        let target = target.ok_or_else(|| {
            let words = self.words();
            StepError::new(format!("no link to '{fragment}' on {}: {words}", self.url.path()))
        })?;
        Ok(self.url.join(&target)?)
    }

    /// The beginning of the page's text, to tell what went wrong.
    pub fn words(&self) -> String {
        let body = self.body.split("<main").nth(1).unwrap_or(&self.body);
        let text: String =
            body.split('<').filter_map(|part| part.split_once('>')).map(|(_, text)| text).collect();
        text.split_whitespace().take(30).collect::<Vec<_>>().join(" ")
    }
}

/// The value of `name="..."` within the tag that `text` begins with.
fn attribute(text: &str, name: &str) -> Option<String> {
    let tag = text.split('>').next()?;
    let start = tag.find(&format!("{name}=\"")).map(|at| at + name.len() + 2)?;
    let value = tag[start..].split('"').next()?;
    Some(
        value
            .replace("&#38;", "&")
            .replace("&amp;", "&")
            .replace("&#39;", "'")
            .replace("&#34;", "\""),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(body: &str) -> Page {
        Page { url: "http://a.example/x/".parse().unwrap(), status: 200, body: body.into() }
    }

    #[test]
    fn a_link_is_found_by_its_address_and_resolved_against_its_page() {
        let page = page(r#"<a class="l" href="y?z=1&#38;w=2"><b>Weiter</b></a>"#);
        assert_eq!(page.link_to("z=1&w").unwrap().as_str(), "http://a.example/x/y?z=1&w=2");
        assert!(page.link_to("z=2").is_err());
    }
}
