// Fusebox card 1.0.0 ea1b9d9a3b549a74: made from card/ by `make card`. Apache-2.0; with Lit, BSD-3-Clause, Google LLC.
var ye=globalThis,ke=ye.ShadowRoot&&(ye.ShadyCSS===void 0||ye.ShadyCSS.nativeShadow)&&"adoptedStyleSheets"in Document.prototype&&"replace"in CSSStyleSheet.prototype,Ve=Symbol(),jt=new WeakMap,ie=class{constructor(e,n,a){if(this._$cssResult$=!0,a!==Ve)throw Error("CSSResult is not constructable. Use `unsafeCSS` or `css` instead.");this.cssText=e,this.t=n}get styleSheet(){let e=this.o,n=this.t;if(ke&&e===void 0){let a=n!==void 0&&n.length===1;a&&(e=jt.get(n)),e===void 0&&((this.o=e=new CSSStyleSheet).replaceSync(this.cssText),a&&jt.set(n,e))}return e}toString(){return this.cssText}},Tt=t=>new ie(typeof t=="string"?t:t+"",void 0,Ve),g=(t,...e)=>{let n=t.length===1?t[0]:e.reduce((a,s,r)=>a+(i=>{if(i._$cssResult$===!0)return i.cssText;if(typeof i=="number")return i;throw Error("Value passed to 'css' function must be a 'css' function result: "+i+". Use 'unsafeCSS' to pass non-literal values, but take care to ensure page security.")})(s)+t[r+1],t[0]);return new ie(n,t,Ve)},Pt=(t,e)=>{if(ke)t.adoptedStyleSheets=e.map(n=>n instanceof CSSStyleSheet?n:n.styleSheet);else for(let n of e){let a=document.createElement("style"),s=ye.litNonce;s!==void 0&&a.setAttribute("nonce",s),a.textContent=n.cssText,t.appendChild(a)}},Ye=ke?t=>t:t=>t instanceof CSSStyleSheet?(e=>{let n="";for(let a of e.cssRules)n+=a.cssText;return Tt(n)})(t):t;var{is:Aa,defineProperty:xa,getOwnPropertyDescriptor:$a,getOwnPropertyNames:Sa,getOwnPropertySymbols:Oa,getPrototypeOf:Ma}=Object,ve=globalThis,Ht=ve.trustedTypes,Ca=Ht?Ht.emptyScript:"",Wa=ve.reactiveElementPolyfillSupport,oe=(t,e)=>t,Ze={toAttribute(t,e){switch(e){case Boolean:t=t?Ca:null;break;case Object:case Array:t=t==null?t:JSON.stringify(t)}return t},fromAttribute(t,e){let n=t;switch(e){case Boolean:n=t!==null;break;case Number:n=t===null?null:Number(t);break;case Object:case Array:try{n=JSON.parse(t)}catch{n=null}}return n}},Nt=(t,e)=>!Aa(t,e),Lt={attribute:!0,type:String,converter:Ze,reflect:!1,useDefault:!1,hasChanged:Nt};Symbol.metadata??=Symbol("metadata"),ve.litPropertyMetadata??=new WeakMap;var T=class extends HTMLElement{static addInitializer(e){this._$Ei(),(this.l??=[]).push(e)}static get observedAttributes(){return this.finalize(),this._$Eh&&[...this._$Eh.keys()]}static createProperty(e,n=Lt){if(n.state&&(n.attribute=!1),this._$Ei(),this.prototype.hasOwnProperty(e)&&((n=Object.create(n)).wrapped=!0),this.elementProperties.set(e,n),!n.noAccessor){let a=Symbol(),s=this.getPropertyDescriptor(e,a,n);s!==void 0&&xa(this.prototype,e,s)}}static getPropertyDescriptor(e,n,a){let{get:s,set:r}=$a(this.prototype,e)??{get(){return this[n]},set(i){this[n]=i}};return{get:s,set(i){let o=s?.call(this);r?.call(this,i),this.requestUpdate(e,o,a)},configurable:!0,enumerable:!0}}static getPropertyOptions(e){return this.elementProperties.get(e)??Lt}static _$Ei(){if(this.hasOwnProperty(oe("elementProperties")))return;let e=Ma(this);e.finalize(),e.l!==void 0&&(this.l=[...e.l]),this.elementProperties=new Map(e.elementProperties)}static finalize(){if(this.hasOwnProperty(oe("finalized")))return;if(this.finalized=!0,this._$Ei(),this.hasOwnProperty(oe("properties"))){let n=this.properties,a=[...Sa(n),...Oa(n)];for(let s of a)this.createProperty(s,n[s])}let e=this[Symbol.metadata];if(e!==null){let n=litPropertyMetadata.get(e);if(n!==void 0)for(let[a,s]of n)this.elementProperties.set(a,s)}this._$Eh=new Map;for(let[n,a]of this.elementProperties){let s=this._$Eu(n,a);s!==void 0&&this._$Eh.set(s,n)}this.elementStyles=this.finalizeStyles(this.styles)}static finalizeStyles(e){let n=[];if(Array.isArray(e)){let a=new Set(e.flat(1/0).reverse());for(let s of a)n.unshift(Ye(s))}else e!==void 0&&n.push(Ye(e));return n}static _$Eu(e,n){let a=n.attribute;return a===!1?void 0:typeof a=="string"?a:typeof e=="string"?e.toLowerCase():void 0}constructor(){super(),this._$Ep=void 0,this.isUpdatePending=!1,this.hasUpdated=!1,this._$Em=null,this._$Ev()}_$Ev(){this._$ES=new Promise(e=>this.enableUpdating=e),this._$AL=new Map,this._$E_(),this.requestUpdate(),this.constructor.l?.forEach(e=>e(this))}addController(e){(this._$EO??=new Set).add(e),this.renderRoot!==void 0&&this.isConnected&&e.hostConnected?.()}removeController(e){this._$EO?.delete(e)}_$E_(){let e=new Map,n=this.constructor.elementProperties;for(let a of n.keys())this.hasOwnProperty(a)&&(e.set(a,this[a]),delete this[a]);e.size>0&&(this._$Ep=e)}createRenderRoot(){let e=this.shadowRoot??this.attachShadow(this.constructor.shadowRootOptions);return Pt(e,this.constructor.elementStyles),e}connectedCallback(){this.renderRoot??=this.createRenderRoot(),this.enableUpdating(!0),this._$EO?.forEach(e=>e.hostConnected?.())}enableUpdating(e){}disconnectedCallback(){this._$EO?.forEach(e=>e.hostDisconnected?.())}attributeChangedCallback(e,n,a){this._$AK(e,a)}_$ET(e,n){let a=this.constructor.elementProperties.get(e),s=this.constructor._$Eu(e,a);if(s!==void 0&&a.reflect===!0){let r=(a.converter?.toAttribute!==void 0?a.converter:Ze).toAttribute(n,a.type);this._$Em=e,r==null?this.removeAttribute(s):this.setAttribute(s,r),this._$Em=null}}_$AK(e,n){let a=this.constructor,s=a._$Eh.get(e);if(s!==void 0&&this._$Em!==s){let r=a.getPropertyOptions(s),i=typeof r.converter=="function"?{fromAttribute:r.converter}:r.converter?.fromAttribute!==void 0?r.converter:Ze;this._$Em=s;let o=i.fromAttribute(n,r.type);this[s]=o??this._$Ej?.get(s)??o,this._$Em=null}}requestUpdate(e,n,a,s=!1,r){if(e!==void 0){let i=this.constructor;if(s===!1&&(r=this[e]),a??=i.getPropertyOptions(e),!((a.hasChanged??Nt)(r,n)||a.useDefault&&a.reflect&&r===this._$Ej?.get(e)&&!this.hasAttribute(i._$Eu(e,a))))return;this.C(e,n,a)}this.isUpdatePending===!1&&(this._$ES=this._$EP())}C(e,n,{useDefault:a,reflect:s,wrapped:r},i){a&&!(this._$Ej??=new Map).has(e)&&(this._$Ej.set(e,i??n??this[e]),r!==!0||i!==void 0)||(this._$AL.has(e)||(this.hasUpdated||a||(n=void 0),this._$AL.set(e,n)),s===!0&&this._$Em!==e&&(this._$Eq??=new Set).add(e))}async _$EP(){this.isUpdatePending=!0;try{await this._$ES}catch(n){Promise.reject(n)}let e=this.scheduleUpdate();return e!=null&&await e,!this.isUpdatePending}scheduleUpdate(){return this.performUpdate()}performUpdate(){if(!this.isUpdatePending)return;if(!this.hasUpdated){if(this.renderRoot??=this.createRenderRoot(),this._$Ep){for(let[s,r]of this._$Ep)this[s]=r;this._$Ep=void 0}let a=this.constructor.elementProperties;if(a.size>0)for(let[s,r]of a){let{wrapped:i}=r,o=this[s];i!==!0||this._$AL.has(s)||o===void 0||this.C(s,void 0,r,o)}}let e=!1,n=this._$AL;try{e=this.shouldUpdate(n),e?(this.willUpdate(n),this._$EO?.forEach(a=>a.hostUpdate?.()),this.update(n)):this._$EM()}catch(a){throw e=!1,this._$EM(),a}e&&this._$AE(n)}willUpdate(e){}_$AE(e){this._$EO?.forEach(n=>n.hostUpdated?.()),this.hasUpdated||(this.hasUpdated=!0,this.firstUpdated(e)),this.updated(e)}_$EM(){this._$AL=new Map,this.isUpdatePending=!1}get updateComplete(){return this.getUpdateComplete()}getUpdateComplete(){return this._$ES}shouldUpdate(e){return!0}update(e){this._$Eq&&=this._$Eq.forEach(n=>this._$ET(n,this[n])),this._$EM()}updated(e){}firstUpdated(e){}};T.elementStyles=[],T.shadowRootOptions={mode:"open"},T[oe("elementProperties")]=new Map,T[oe("finalized")]=new Map,Wa?.({ReactiveElement:T}),(ve.reactiveElementVersions??=[]).push("2.1.2");var Je=globalThis,qt=t=>t,we=Je.trustedTypes,It=we?we.createPolicy("lit-html",{createHTML:t=>t}):void 0,Qe="$lit$",P=`lit$${Math.random().toFixed(9).slice(2)}$`,et="?"+P,Ea=`<${et}>`,Y=document,de=()=>Y.createComment(""),ue=t=>t===null||typeof t!="object"&&typeof t!="function",tt=Array.isArray,Gt=t=>tt(t)||typeof t?.[Symbol.iterator]=="function",Xe=`[ 	
\f\r]`,le=/<(?:(!--|\/[^a-zA-Z])|(\/?[a-zA-Z][^>\s]*)|(\/?$))/g,Ft=/-->/g,Ut=/>/g,G=RegExp(`>|${Xe}(?:([^\\s"'>=/]+)(${Xe}*=${Xe}*(?:[^ 	
\f\r"'\`<>=]|("|')|))|$)`,"g"),Bt=/'/g,Dt=/"/g,Vt=/^(?:script|style|textarea|title)$/i,nt=t=>(e,...n)=>({_$litType$:t,strings:e,values:n}),u=nt(1),N=nt(2),Ar=nt(3),$=Symbol.for("lit-noChange"),_=Symbol.for("lit-nothing"),Kt=new WeakMap,V=Y.createTreeWalker(Y,129);function Yt(t,e){if(!tt(t)||!t.hasOwnProperty("raw"))throw Error("invalid template strings array");return It!==void 0?It.createHTML(e):e}var Zt=(t,e)=>{let n=t.length-1,a=[],s,r=e===2?"<svg>":e===3?"<math>":"",i=le;for(let o=0;o<n;o++){let l=t[o],d,p,m=-1,h=0;for(;h<l.length&&(i.lastIndex=h,p=i.exec(l),p!==null);)h=i.lastIndex,i===le?p[1]==="!--"?i=Ft:p[1]!==void 0?i=Ut:p[2]!==void 0?(Vt.test(p[2])&&(s=RegExp("</"+p[2],"g")),i=G):p[3]!==void 0&&(i=G):i===G?p[0]===">"?(i=s??le,m=-1):p[1]===void 0?m=-2:(m=i.lastIndex-p[2].length,d=p[1],i=p[3]===void 0?G:p[3]==='"'?Dt:Bt):i===Dt||i===Bt?i=G:i===Ft||i===Ut?i=le:(i=G,s=void 0);let k=i===G&&t[o+1].startsWith("/>")?" ":"";r+=i===le?l+Ea:m>=0?(a.push(d),l.slice(0,m)+Qe+l.slice(m)+P+k):l+P+(m===-2?o:k)}return[Yt(t,r+(t[n]||"<?>")+(e===2?"</svg>":e===3?"</math>":"")),a]},me=class t{constructor({strings:e,_$litType$:n},a){let s;this.parts=[];let r=0,i=0,o=e.length-1,l=this.parts,[d,p]=Zt(e,n);if(this.el=t.createElement(d,a),V.currentNode=this.el.content,n===2||n===3){let m=this.el.content.firstChild;m.replaceWith(...m.childNodes)}for(;(s=V.nextNode())!==null&&l.length<o;){if(s.nodeType===1){if(s.hasAttributes())for(let m of s.getAttributeNames())if(m.endsWith(Qe)){let h=p[i++],k=s.getAttribute(m).split(P),x=/([.?@])?(.*)/.exec(h);l.push({type:1,index:r,name:x[2],strings:k,ctor:x[1]==="."?xe:x[1]==="?"?$e:x[1]==="@"?Se:X}),s.removeAttribute(m)}else m.startsWith(P)&&(l.push({type:6,index:r}),s.removeAttribute(m));if(Vt.test(s.tagName)){let m=s.textContent.split(P),h=m.length-1;if(h>0){s.textContent=we?we.emptyScript:"";for(let k=0;k<h;k++)s.append(m[k],de()),V.nextNode(),l.push({type:2,index:++r});s.append(m[h],de())}}}else if(s.nodeType===8)if(s.data===et)l.push({type:2,index:r});else{let m=-1;for(;(m=s.data.indexOf(P,m+1))!==-1;)l.push({type:7,index:r}),m+=P.length-1}r++}}static createElement(e,n){let a=Y.createElement("template");return a.innerHTML=e,a}};function Z(t,e,n=t,a){if(e===$)return e;let s=a!==void 0?n._$Co?.[a]:n._$Cl,r=ue(e)?void 0:e._$litDirective$;return s?.constructor!==r&&(s?._$AO?.(!1),r===void 0?s=void 0:(s=new r(t),s._$AT(t,n,a)),a!==void 0?(n._$Co??=[])[a]=s:n._$Cl=s),s!==void 0&&(e=Z(t,s._$AS(t,e.values),s,a)),e}var Ae=class{constructor(e,n){this._$AV=[],this._$AN=void 0,this._$AD=e,this._$AM=n}get parentNode(){return this._$AM.parentNode}get _$AU(){return this._$AM._$AU}u(e){let{el:{content:n},parts:a}=this._$AD,s=(e?.creationScope??Y).importNode(n,!0);V.currentNode=s;let r=V.nextNode(),i=0,o=0,l=a[0];for(;l!==void 0;){if(i===l.index){let d;l.type===2?d=new te(r,r.nextSibling,this,e):l.type===1?d=new l.ctor(r,l.name,l.strings,this,e):l.type===6&&(d=new Oe(r,this,e)),this._$AV.push(d),l=a[++o]}i!==l?.index&&(r=V.nextNode(),i++)}return V.currentNode=Y,s}p(e){let n=0;for(let a of this._$AV)a!==void 0&&(a.strings!==void 0?(a._$AI(e,a,n),n+=a.strings.length-2):a._$AI(e[n])),n++}},te=class t{get _$AU(){return this._$AM?._$AU??this._$Cv}constructor(e,n,a,s){this.type=2,this._$AH=_,this._$AN=void 0,this._$AA=e,this._$AB=n,this._$AM=a,this.options=s,this._$Cv=s?.isConnected??!0}get parentNode(){let e=this._$AA.parentNode,n=this._$AM;return n!==void 0&&e?.nodeType===11&&(e=n.parentNode),e}get startNode(){return this._$AA}get endNode(){return this._$AB}_$AI(e,n=this){e=Z(this,e,n),ue(e)?e===_||e==null||e===""?(this._$AH!==_&&this._$AR(),this._$AH=_):e!==this._$AH&&e!==$&&this._(e):e._$litType$!==void 0?this.$(e):e.nodeType!==void 0?this.T(e):Gt(e)?this.k(e):this._(e)}O(e){return this._$AA.parentNode.insertBefore(e,this._$AB)}T(e){this._$AH!==e&&(this._$AR(),this._$AH=this.O(e))}_(e){this._$AH!==_&&ue(this._$AH)?this._$AA.nextSibling.data=e:this.T(Y.createTextNode(e)),this._$AH=e}$(e){let{values:n,_$litType$:a}=e,s=typeof a=="number"?this._$AC(e):(a.el===void 0&&(a.el=me.createElement(Yt(a.h,a.h[0]),this.options)),a);if(this._$AH?._$AD===s)this._$AH.p(n);else{let r=new Ae(s,this),i=r.u(this.options);r.p(n),this.T(i),this._$AH=r}}_$AC(e){let n=Kt.get(e.strings);return n===void 0&&Kt.set(e.strings,n=new me(e)),n}k(e){tt(this._$AH)||(this._$AH=[],this._$AR());let n=this._$AH,a,s=0;for(let r of e)s===n.length?n.push(a=new t(this.O(de()),this.O(de()),this,this.options)):a=n[s],a._$AI(r),s++;s<n.length&&(this._$AR(a&&a._$AB.nextSibling,s),n.length=s)}_$AR(e=this._$AA.nextSibling,n){for(this._$AP?.(!1,!0,n);e!==this._$AB;){let a=qt(e).nextSibling;qt(e).remove(),e=a}}setConnected(e){this._$AM===void 0&&(this._$Cv=e,this._$AP?.(e))}},X=class{get tagName(){return this.element.tagName}get _$AU(){return this._$AM._$AU}constructor(e,n,a,s,r){this.type=1,this._$AH=_,this._$AN=void 0,this.element=e,this.name=n,this._$AM=s,this.options=r,a.length>2||a[0]!==""||a[1]!==""?(this._$AH=Array(a.length-1).fill(new String),this.strings=a):this._$AH=_}_$AI(e,n=this,a,s){let r=this.strings,i=!1;if(r===void 0)e=Z(this,e,n,0),i=!ue(e)||e!==this._$AH&&e!==$,i&&(this._$AH=e);else{let o=e,l,d;for(e=r[0],l=0;l<r.length-1;l++)d=Z(this,o[a+l],n,l),d===$&&(d=this._$AH[l]),i||=!ue(d)||d!==this._$AH[l],d===_?e=_:e!==_&&(e+=(d??"")+r[l+1]),this._$AH[l]=d}i&&!s&&this.j(e)}j(e){e===_?this.element.removeAttribute(this.name):this.element.setAttribute(this.name,e??"")}},xe=class extends X{constructor(){super(...arguments),this.type=3}j(e){this.element[this.name]=e===_?void 0:e}},$e=class extends X{constructor(){super(...arguments),this.type=4}j(e){this.element.toggleAttribute(this.name,!!e&&e!==_)}},Se=class extends X{constructor(e,n,a,s,r){super(e,n,a,s,r),this.type=5}_$AI(e,n=this){if((e=Z(this,e,n,0)??_)===$)return;let a=this._$AH,s=e===_&&a!==_||e.capture!==a.capture||e.once!==a.once||e.passive!==a.passive,r=e!==_&&(a===_||s);s&&this.element.removeEventListener(this.name,this,a),r&&this.element.addEventListener(this.name,this,e),this._$AH=e}handleEvent(e){typeof this._$AH=="function"?this._$AH.call(this.options?.host??this.element,e):this._$AH.handleEvent(e)}},Oe=class{constructor(e,n,a){this.element=e,this.type=6,this._$AN=void 0,this._$AM=n,this.options=a}get _$AU(){return this._$AM._$AU}_$AI(e){Z(this,e)}},Xt={M:Qe,P,A:et,C:1,L:Zt,R:Ae,D:Gt,V:Z,I:te,H:X,N:$e,U:Se,B:xe,F:Oe},Ra=Je.litHtmlPolyfillSupport;Ra?.(me,te),(Je.litHtmlVersions??=[]).push("3.3.3");var Jt=(t,e,n)=>{let a=n?.renderBefore??e,s=a._$litPart$;if(s===void 0){let r=n?.renderBefore??null;a._$litPart$=s=new te(e.insertBefore(de(),r),r,void 0,n??{})}return s._$AI(t),s};var at=globalThis,y=class extends T{constructor(){super(...arguments),this.renderOptions={host:this},this._$Do=void 0}createRenderRoot(){let e=super.createRenderRoot();return this.renderOptions.renderBefore??=e.firstChild,e}update(e){let n=this.render();this.hasUpdated||(this.renderOptions.isConnected=this.isConnected),super.update(e),this._$Do=Jt(n,this.renderRoot,this.renderOptions)}connectedCallback(){super.connectedCallback(),this._$Do?.setConnected(!0)}disconnectedCallback(){super.disconnectedCallback(),this._$Do?.setConnected(!1)}render(){return $}};y._$litElement$=!0,y.finalized=!0,at.litElementHydrateSupport?.({LitElement:y});var za=at.litElementPolyfillSupport;za?.({LitElement:y});(at.litElementVersions??=[]).push("4.2.2");var Qt=new Map,ja=2500,Ta=2e4,st=15e3;function en(t,e,n,a,s=st){return Me(t,e,{wanted:n,stage:"sent",sentence:"",sinceMs:a,patienceMs:s})}function tn(t,e,n,a,s){let r=t.get(e);return r?.sinceMs!==n||r.stage!=="sent"?t:Me(t,e,{...r,stage:a===null?"taken":"refused",sentence:a??"",sinceMs:s})}function nn(t,e,n){let a=t;for(let[s,r]of t){let i=n-r.sinceMs;if(r.stage==="taken"&&Ha(e(s),r.wanted))a=Me(a,s,{...r,stage:"confirmed",sinceMs:n});else if(r.stage==="taken"&&i>r.patienceMs)a=Me(a,s,{...r,stage:"late",sinceMs:n});else if(Pa(r,i)){let o=new Map(a);o.delete(s),a=o}}return a}function q(t,e,n){let a=t.get(e);return a?.stage==="sent"||a?.stage==="taken"||a?.stage==="confirmed"?a.wanted:n}function I(t,e){let n=t.get(e)?.stage;return n==="sent"||n==="taken"}function Pa(t,e){return t.stage==="confirmed"?e>ja:(t.stage==="refused"||t.stage==="late")&&e>Ta}function Ha(t,e){return typeof t=="number"&&typeof e=="number"?Math.abs(t-e)<.05:t===e}function Me(t,e,n){return new Map(t).set(e,n)}var an=["mode","boost","max","phases","plan"],La=3e5;function sn(t){return t==="phases"?La:st}function Na(t,e){return t==="mode"?{service:"fusebox_set_mode",data:{mode:e}}:t==="boost"?{service:"fusebox_boost",data:{state:e}}:t==="max"?{service:"fusebox_set_max_current",data:{current_a:e}}:t==="phases"?{service:"fusebox_switch_phases",data:{phases:e}}:typeof e=="object"?{service:"fusebox_set_plan",data:{...e}}:{service:"fusebox_clear_plan",data:{}}}function v(t,e){return`${t.entity} ${e}`}function rn(t,e,n){return e==="plan"?qa(t,n):e==="mode"?t.mode:e==="boost"?t.boosted:e==="phases"?t.phasesUsed:t.currentA?.max??null}function qa(t,e){return t.plan!==null&&t.plan.state!=="none"||typeof e!="object"?e:null}async function on(t,e,n,a){let{service:s,data:r}=Na(n,a);try{return await t.callService("pyscript",s,{load:e.name,...r},void 0,!1),null}catch(i){return Ia(i)}}function Ia(t){let e=typeof t=="object"&&t!==null&&"message"in t?t.message:"";return String(e).replace(/^Validation error: /,"")}var Ce=class{constructor(e){this.host=e;this.asks=Qt;this.wanted=e=>{let{load:n,control:a,value:s}=e.detail;this.ask(n,a,s)};e.addController(this)}hostConnected(){this.host.addEventListener("fusebox-wanted",this.wanted)}hostDisconnected(){this.host.removeEventListener("fusebox-wanted",this.wanted)}settle(){this.asks.size>0&&this.become(nn(this.asks,e=>this.shown(e),Date.now()))}async ask(e,n,a){let{current:s}=this.host;if(s===void 0)return;let r=v(e,n),i=Date.now();this.become(en(this.asks,r,a,i,sn(n)));let o=await on(s,e,n,a);this.become(tn(this.asks,r,i,o,Date.now())),this.settle()}shown(e){let[n,a]=e.split(" "),s=this.host.house?.loads.find(i=>i.entity===n),r=this.asks.get(e)?.wanted;return s===void 0||r===void 0?null:rn(s,a,r)}become(e){e!==this.asks&&(this.asks=e,this.host.requestUpdate())}};var Fa={comma_decimal:"en",decimal_comma:"de",space_comma:"fr",quote_decimal:"de-CH",none:"en-US-u-va-posix"};function rt({language:t,locale:e}){let n=e?.number_format??"language";return n==="system"?navigator.language:Fa[n]??t}function Ua({connected:t,config:e}){return t===!1?"unreachable":(e?.state??"RUNNING")==="RUNNING"?"whole":"starting"}var Ba=3e4;function ln(t,e,n){let a=Ua(t);return a==="starting"?{link:a,startingMs:n}:a==="whole"&&n-e.startingMs<Ba?{...e,link:"starting"}:{...e,link:a}}function c(t){return typeof t=="number"&&Number.isFinite(t)?t:null}function pe(t){return t===void 0||t.trim()===""?null:c(Number(t))}function f(t){return typeof t=="string"?t:""}function C(t){return Array.isArray(t)?t.filter(e=>typeof e=="string"):[]}function H(t){return typeof t=="object"&&t!==null&&!Array.isArray(t)?t:{}}function dn(t){return Array.isArray(t)?t.map(H):[]}function _e(t){return Object.fromEntries(Object.entries(H(t)).map(([e,n])=>[e,c(n)]))}function O(t){let e=0;for(let n of t)e+=n;return e}var un=6e4,Da=3*un,Ka=60;function mn(t,e,n,a){if(t===void 0)return null;if(e==="unreachable"&&n!==null)return{minutes:it(a-n),of:"all"};let s=Date.parse(t.last_updated??"");if(a-s>Da)return{minutes:it(a-s),of:"all"};let r=c(t.attributes.data_age_s)??0;return r>Ka?{minutes:it(1e3*r),of:"meter"}:null}function pn(t,e){return t?.minutes===e?.minutes&&t?.of===e?.of?t:e}function it(t){return Math.floor(Math.max(t,0)/un)}var ot=["#2870c0","#687800","#985888","#00965a","#a07008","#007888","#c08060","#587858","#b078d8","#7d6455"];function _n(t){return ot[t%ot.length]??ot[0]}var F="var(--fb-house)",U="var(--energy-solar-color, #ff9800)",We="var(--energy-grid-consumption-color, #488fc2)",ne="var(--energy-grid-return-color, #8353d1)",B="var(--energy-battery-in-color, #f06292)",ae="var(--energy-battery-out-color, #4db6ac)";function Ee(t){return`repeating-linear-gradient(-45deg, ${t} 0 3px, transparent 3px 6px)`}var Re={sentence:"",code:"",values:{}};function se(t,e="reason"){let n=Object.entries(H(t[`${e}_values`])).flatMap(([a,s])=>{let r=typeof s=="string"?s:c(s);return r===null?[]:[[a,r]]});return{sentence:f(t[e]),code:f(t[`${e}_code`]),values:Object.fromEntries(n)}}var W="sensor.fusebox_site",Ga=new Set(["unavailable","unknown"]);function ze(t){let e=t[W],n=e?.attributes??{},a=_e(n.grid_a);return{state:e===void 0||Ga.has(e.state)?"missing":e.state,reason:se(n),version:f(n.version),more:[...C(n.errors).slice(1),...C(n.warnings)],phases:Object.keys(a).sort(),gridA:a,fuseA:c(n.fuse_a),voltageV:c(n.voltage_v)??230,circuits:Object.entries(H(n.circuits)).map(([s,r])=>Va(s,H(r))),solarW:c(n.solar_w),batteryPct:c(n.battery_soc_pct),batteryW:c(n.battery_charge_w),loads:C(n.loads)}}function Va(t,e){return{name:t,parent:f(e.parent),fuseA:c(e.fuse_a)??0,flowA:_e(e.flow_a)}}function cn(t,e){return t.version!==""&&t.version!==e}function lt(t){return t.solarW!==null||t.batteryW!==null||t.batteryPct!==null}function hn(t,e){let n=t.phases.filter(o=>(t.gridA[o]??null)!==null);if(!lt(t)||n.length===0)return{};let a=((t.solarW??0)-(t.batteryW??0))/t.voltageV,s=n.map(o=>(e[o]??0)-(t.gridA[o]??0)),r=Ya(s,a),i=a<0?r:Math.max(r,0);return Object.fromEntries(n.map((o,l)=>[o,Math.max(s[l]??0,i)]))}function Ya(t,e){let n=[...t].sort((a,s)=>a-s);for(let a=n.length;a>0;a--){let s=(e-O(n.slice(a)))/a;if(s>=(n[a-1]??0))return s}return n[0]??0}function gn({solarW:t,batteryW:e}){return Math.max(-(e??0),0)>(t??0)?"battery":"sun"}function je(t){let e=0;for(let n of t.phases){let a=t.gridA[n]??null;if(a===null)return null;e+=a*t.voltageV}return t.phases.length===0?null:e}var Za=50;function fn(t){return t===null||Math.abs(t)<Za?"rests":t>0?"in":"out"}var Xa=1;function Te(t,e){let n=je(t);if(n===null)return null;let a=Math.max(t.solarW??0,0),s=t.batteryW??0,r=e.map(({entity:m,title:h,colour:k,drawW:x})=>J(m,k,x??0,h)),i=Math.max(0,n+a-s-O(r.map(m=>m.watts))),o=r.filter(m=>m.watts<0).map(m=>({...m,watts:-m.watts})),l=bn([J("sun",U,a),J("battery",ae,-s),...o,J("grid",We,n)]),d=bn([J("house",F,i),...r,J("battery",B,s),J("export",ne,-n)]),p=Math.max(O(l.map(m=>m.watts)),O(d.map(m=>m.watts)));return{from:l,to:d,totalW:p,houseW:i}}function J(t,e,n,a=""){return{key:t,colour:e,watts:n,title:a}}function bn(t){return t.filter(e=>e.watts>Xa)}function yn(t,e,n,a){return{ready_by:t,[n]:e,...a.trim()===""?{}:{max_price:Number(a)}}}function Pe({state:t}){return t!=="none"&&t!=="done"}var He="sensor.fusebox_prices";function kn(t){let e=f(t.plan_state);return e===""?null:{state:e,reason:se(t,"plan_reason"),cost:c(t.plan_cost),slots:$n(t.plan),asked:Qa(H(t.plan_asked))}}var Ja=["energy_kwh","soc_target_pct","hours","max_price"];function Qa(t){let e=Ja.flatMap(a=>c(t[a])===null?[]:[[a,c(t[a])]]),n=f(t.ready_by);return{...Object.fromEntries(e),.../^\d\d:\d\d$/.test(n)?{readyBy:n}:{}}}function vn(t){let e=[];for(let{startMs:n,endMs:a}of[...t].sort((s,r)=>s.startMs-r.startMs)){let s=e.at(-1);s!==void 0&&n<=s.endMs?s.endMs=Math.max(s.endMs,a):e.push({startMs:n,endMs:a})}return e}var D=36e5,es=14*D;function wn(t,e,n,a){let s=Math.min(Math.max(t,...n.map(i=>i.endMs)),t+e*D),r=a.flatMap(i=>i.plan?.slots.map(o=>o.endMs)??[]);return Math.max(s,Math.min(Math.max(t,...r),t+es))}function An(t){return $n(t[He]?.attributes.slots).filter(e=>e.price!==null)}function xn(t){return f(t[He]?.attributes.unit_of_measurement)}function $n(t){return dn(t).map(e=>({startMs:Date.parse(f(e.start)),endMs:Date.parse(f(e.end)),price:c(e.price)})).filter(e=>e.endMs>e.startMs)}var ts="sensor.fusebox_",ns={plug:"mdi:power-socket-eu",tank:"mdi:water-boiler",sg_ready:"mdi:heat-pump",radiators:"mdi:radiator",quasar:"mdi:car-electric"};function Le(t,e,n,a){let s=t.attributes,r=ss(_e(s.draw_a)),i=t.entity_id.slice(ts.length),o=a[`${t.entity_id}_energy`],l=pe(a[`${t.entity_id}_power`]?.state),d=Object.keys(r).length===0?null:O(Object.values(r))*e.voltageV;return{entity:t.entity_id,name:i,title:as(f(s.friendly_name),i),icon:ns[f(s.type)]??"mdi:ev-station",colour:_n(n),status:f(s.status)||"unavailable",mode:f(s.mode),modes:C(s.modes),boosted:typeof s.boosted=="boolean"?s.boosted:null,circuit:f(s.circuit)||"main",phases:C(s.phases),phasesUsed:C(s.phases_used).length||null,canSwitchPhases:c(s.phase_switches)!==null&&C(s.phases).length>1,drawA:r,drawW:d??l,share:pe(t.state),unit:f(s.unit_of_measurement),reason:se(s),limitedBy:f(s.limited_by),currentA:rs(c(s.min_a),c(s.max_a),c(s.highest_a)),sessionKwh:c(o?.attributes.session_kwh),sessionSolarPct:c(o?.attributes.session_solar_pct),plan:kn(s)}}function Sn({phases:t,phasesUsed:e}){return e??t.length}function as(t,e){let a=(t.startsWith("Fusebox ")?t.slice(8):t||e).replaceAll("_"," ");return a.charAt(0).toUpperCase()+a.slice(1)}function ss(t){return Object.fromEntries(Object.entries(t).filter(e=>e[1]!==null))}function rs(t,e,n){return t===null||e===null?null:{min:t,max:Math.min(e,n??e),top:n??e}}function dt(t){return Object.values(t).filter(e=>e!==void 0&&is(e)).map(os)}function is(t){return t.entity_id.startsWith("pyscript.")&&Array.isArray(t.attributes.radiators)&&"live"in t.attributes}function os(t){let{live:e,requested:n,boost:a}=t.attributes;return{entity:t.entity_id,title:f(t.attributes.friendly_name).replace(/^Fusebox /,""),dots:C(t.attributes.radiators).map((s,r)=>({name:s,is:Ne(e,r)?"on":Ne(n,r)||Ne(a,r)?"waits":"warm",boosted:Ne(a,r)})),allowed:c(t.attributes.allowed),reason:f(t.attributes.reason)}}function Ne(t,e){return Array.isArray(t)&&t[e]===1}var ut="sensor.fusebox_peak";function On({projectedKw:t,targetKw:e,monthKw:n}){let a=Math.max(t??0,0),s=Math.min(a,e??a);return{withinKw:s,beyondKw:a-s,endKw:Math.max(a,(e??0)*1.25,(n??0)*1.1,1)}}function Mn(t){let e=t[ut];if(e===void 0||e.state==="unavailable")return null;let n=e.attributes;return{projectedKw:pe(e.state),targetKw:c(n.target_kw),monthKw:c(n.month_peak_kw),leftS:c(n.seconds_left)??0,windowMin:c(n.window_min)??15,allowedW:c(n.allowed_import_w),reason:f(n.reason)}}function En(t,e){if(e!==null&&Wn(Cn(t,e.site),e.made))return e;let n=ze(t),a=new Map(e?.loads.map(o=>[o.entity,o])),s=new Map,r=[];n.loads.forEach((o,l)=>{let d=t[o];if(d===void 0)return;let p=[...Rn(t,o),l,n.voltageV],m=Wn(p,e?.madeOf.get(o)??[])?a.get(o):void 0;r.push(m??Le(d,n,l,t)),s.set(o,p)});let i=Cn(t,n);return{site:n,loads:r,tariff:Mn(t),groups:ls(t),priceUnit:xn(t),made:i,madeOf:s}}function Cn(t,e){let n=e.loads.flatMap(a=>Rn(t,a));return[...[W,ut,He,...zn(t)].map(a=>t[a]),...n]}function Rn(t,e){return[t[e],t[`${e}_energy`],t[`${e}_power`]]}var mt={count:-1,ids:[]};function zn(t){let e=Object.keys(t).length;return e!==mt.count&&(mt={count:e,ids:dt(t).map(n=>n.entity)}),mt.ids}function ls(t){return dt(Object.fromEntries(zn(t).map(e=>[e,t[e]])))}function Wn(t,e){return t.length===e.length&&t.every((n,a)=>n===e[a])}var ce=.05;function jn(t,e){return t.fuseA===null?[]:[{name:"main",parent:"",fuseA:t.fuseA,flowA:t.gridA},...t.circuits].map(a=>({name:a.name,fuseA:a.fuseA,bars:Object.keys(a.flowA).sort().map(s=>us(a,s,Tn(a,t,e),ds(a,s,t,e)))}))}function ds(t,e,n,a){return lt(n)?t.name==="main"?pt(n,a,e):Math.max(O(he(e,Tn(t,n,a)).map(s=>s.amps))-(t.flowA[e]??0),0):null}function pt(t,e,n){let a=Object.fromEntries(t.phases.map(s=>[s,O(he(s,e).map(r=>r.amps))]));return hn(t,a)[n]??null}function us(t,e,n,a){let s=t.flowA[e]??null,r=s!==null&&Math.abs(s)>t.fuseA,i=s===null?null:t.fuseA-s,o=s===null?[]:_t(s,he(e,n),a),l=Math.max(-(s??0),0),d=r?ms(s,t.fuseA):null,p=s===null?0:Math.max(l,a??0);return{phase:e,flowA:s,fuseA:t.fuseA,freeA:i,over:r,beyondA:d,segments:o,ownA:p,exportA:l}}function ms(t,e){return t>0?[e,t]:[t,-e]}function he(t,e){return e.map(({entity:n,title:a,colour:s,drawA:r})=>({key:n,title:a,colour:s,amps:r[t]??0}))}function _t(t,e,n){let a=Math.max(n??0,0),s={key:"battery",title:"",colour:B,amps:Math.max(-(n??0),0)},r=[...e,s],i=t+a-O(r.map(p=>p.amps)),o=[],l=0-a,d=(p,m,h,k)=>{let x=n!==null?l+k:Math.min(l+k,Math.max(t,0));x-l>ce&&o.push({key:p,title:m,colour:h,fromA:l,toA:x}),l=Math.max(x,l)};d("house","",F,Math.max(i,0));for(let{key:p,title:m,colour:h,amps:k}of r)d(p,m,h,Math.max(k,0));return o}function Tn(t,e,n){if(t.name==="main")return n;let a=new Set([t.name]);for(let s of e.circuits)a.has(s.parent)&&a.add(s.name);return n.filter(s=>a.has(s.circuit))}function Pn(t,e){let n=t[0]?.fuseA??0,a=t.flatMap(l=>l.bars.flatMap(d=>d.segments)),s=Math.min(0,...a.map(l=>l.fromA),...ps(t)),r=Math.max(n,...a.map(l=>l.toA)),i=-Math.ceil(-s/(n/4||1))*(n/4),o=Math.max(n*1.12,Math.min(r*1.04,n*2));return{leftA:Math.min(i,e?.leftA??0)||0,rightA:Math.max(o,e?.rightA??0)}}function ps(t){return t.flatMap(e=>e.bars.map(n=>n.flowA??0))}var Hn=g`
  :host {
    container-type: inline-size;
  }
  ha-card {
    display: block;
    padding: 16px;
    overflow: hidden;
  }
  .parts {
    display: grid;
    gap: 20px 28px;
    grid-template-columns: minmax(0, 1fr);
  }
  /* What is shown is old. */
  .unreachable > * > :not(fusebox-card-head),
  .old-all > * > :not(fusebox-card-head),
  .old-meter > .wire > :not(fusebox-card-head) {
    opacity: 0.45;
  }
  section {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 16px;
    align-content: start;
    min-width: 0;
  }
  fusebox-card-load + fusebox-card-load,
  fusebox-card-load + fusebox-card-radiators {
    border-top: 1px solid var(--fb-line);
    padding-top: 14px;
  }
  .loads {
    gap: 14px;
    border-top: 1px solid var(--fb-line);
    padding-top: 16px;
  }
  .today {
    border-top: 1px solid var(--fb-line);
    padding-top: 16px;
  }
  footer {
    margin-top: 16px;
    color: var(--fb-warn);
    font-size: 12.5px;
  }
  @container (min-width: 700px) {
    .parts {
      grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
      grid-template-rows: auto 1fr;
    }
    .loads {
      grid-row: span 2;
      border-top: none;
      padding-top: 0;
    }
  }
  @container (min-width: 1250px) {
    .parts {
      grid-template-columns: minmax(0, 5fr) minmax(0, 7fr);
    }
    .today {
      grid-column: 1 / -1;
    }
    .loads {
      grid-row: auto;
      grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
      gap: 14px 28px;
    }
    .loads > :nth-child(2) {
      border-top: none;
      padding-top: 0;
    }
  }
`;var ct={card:{name:"Fusebox",description:"Phases, loads and today, at a glance",state_ok:"All is well",state_limited:"Loads are held back",state_over:"Too much on a wire",state_blind:"The meter is silent",state_fault:"A load has a fault",state_config_error:"CONFIG has a mistake",state_dry_run:"Dry run: nothing is commanded",state_missing:"Fusebox is not running",state_starting:"Home Assistant is starting",state_unreachable:"No connection to Home Assistant",status_charging:"charging",status_waiting:"waiting",status_paused:"paused",status_full:"full",status_unplugged:"unplugged",status_on:"on",status_off:"off",status_blind:"blind",status_fault:"fault",status_switching:"switching phases",status_unavailable:"not available",mode_standard:"Standard",mode_continuous:"Always",mode_solar_priority:"Sun first",mode_solar_only:"Sun only",mode_excess:"Excess",mode_off:"Off",mode_normal:"Normal",mode_boost:"Boost",sun:"Sun",battery:"Battery",battery_in:"charging",battery_out:"discharging",grid:"Grid",house:"House",export:"Export",free:"free",over:"too much",of_fuse:"of {0}",may_have:"may have {0}",phase_count:"{0} phases",one_phase:"1 phase",mode:"Mode",boost:"Boost",at_most:"At most",session:"this session",confirmed:"Done",pending:"Sent …",late:"Not shown by the device yet",no_loads:"No loads yet. Name them in CONFIG, and they appear here.",versions:"This card is version {0}, the scripts are {1}. Install both from one release, then reload the page.",not_running:"sensor.fusebox_site is not there. Look at the log of pyscript, or call pyscript.fusebox_setup.",today:"Today",total:"Total",no_history:"Nothing is recorded yet",old:"numbers are {0} min old",target:"target",fuse:"fuse",price:"price",now:"now",window:"These {0} minutes",window_left:"{0} min left",month_peak:"Month's peak",radiators:"Radiators",rad_on:"on",rad_waits:"waits",rad_warm:"warm enough",event_limited:"held back",event_shed:"stopped",event_blind:"blind",event_recovered:"recovered",event_escalated:"needs a look",phases:"Phases",ready_by:"Ready by",how_much:"How much",unit:"Unit",set_plan:"Plan",clear_plan:"Clear",plan_none:"no plan",plan_waiting:"planned",plan_running:"plan is running",plan_done:"plan is done",plan_late:"plan is late",edit_title:"Title",edit_hours:"Hours of the past",edit_hide_today:"Without the picture of today",edit_controls:"Controls of loads",controls_auto:"open where there are few loads",controls_always:"always open",controls_tap:"open when tapped"}};var Ln={card:{name:"Fusebox",description:"Phasen, Verbraucher und heute, auf einen Blick",state_ok:"Alles in Ordnung",state_limited:"Verbraucher werden begrenzt",state_over:"Zu viel auf einer Leitung",state_blind:"Der Zähler schweigt",state_fault:"Ein Verbraucher ist gestört",state_config_error:"CONFIG hat einen Fehler",state_dry_run:"Probelauf: nichts wird geschaltet",state_missing:"Fusebox läuft nicht",state_starting:"Home Assistant startet",state_unreachable:"Keine Verbindung zu Home Assistant",status_charging:"lädt",status_waiting:"wartet",status_paused:"pausiert",status_full:"voll",status_unplugged:"nicht verbunden",status_on:"an",status_off:"aus",status_blind:"blind",status_fault:"gestört",status_switching:"wechselt die Phasen",status_unavailable:"nicht verfügbar",mode_standard:"Standard",mode_continuous:"Immer",mode_solar_priority:"Sonne zuerst",mode_solar_only:"Nur Sonne",mode_excess:"Überschuss",mode_off:"Aus",mode_normal:"Normal",mode_boost:"Boost",sun:"Sonne",battery:"Batterie",battery_in:"lädt",battery_out:"entlädt",grid:"Netz",house:"Haus",export:"Einspeisung",free:"frei",over:"zu viel",of_fuse:"von {0}",may_have:"darf {0}",phase_count:"{0} Phasen",one_phase:"1 Phase",mode:"Modus",boost:"Boost",at_most:"Höchstens",session:"diese Ladung",confirmed:"Erledigt",pending:"Gesendet …",late:"Das Gerät zeigt es noch nicht",no_loads:"Noch keine Verbraucher. In CONFIG genannt, erscheinen sie hier.",versions:"Diese Karte hat Version {0}, die Skripte {1}. Beide aus derselben Version installieren, dann die Seite neu laden.",not_running:"sensor.fusebox_site fehlt. Das Protokoll von pyscript hilft weiter, oder pyscript.fusebox_setup.",today:"Heute",total:"Gesamt",no_history:"Noch nichts aufgezeichnet",old:"Zahlen sind {0} min alt",target:"Ziel",fuse:"Sicherung",price:"Preis",now:"jetzt",window:"Diese {0} Minuten",window_left:"noch {0} min",month_peak:"Spitze des Monats",radiators:"Heizkörper",rad_on:"an",rad_waits:"wartet",rad_warm:"warm genug",event_limited:"begrenzt",event_shed:"angehalten",event_blind:"blind",event_recovered:"vorbei",event_escalated:"nachsehen",phases:"Phasen",ready_by:"Fertig um",how_much:"Wie viel",unit:"Einheit",set_plan:"Planen",clear_plan:"Löschen",plan_none:"kein Plan",plan_waiting:"geplant",plan_running:"Plan läuft",plan_done:"Plan erfüllt",plan_late:"Plan verspätet",edit_title:"Titel",edit_hours:"Stunden der Vergangenheit",edit_hide_today:"Ohne das Bild von heute",edit_controls:"Bedienung der Verbraucher",controls_auto:"offen bei wenigen Verbrauchern",controls_always:"immer offen",controls_tap:"offen nach Antippen"},values:{energy:{sun:"Sonne",excess:"Überschuss","own power (allow_grid_charging is off)":"Eigenstrom (allow_grid_charging ist aus)"},circuit:{main:"Hauptsicherung","*":"Sicherung *"},limit:{main:"Hauptsicherung",tariff:"Tarif",dimmed:"Netzbetreiber (Dimmung)",contract:"Bezugsgrenze",imbalance:"Schieflastgrenze",solar:"PV-Überschuss",excess:"Überschuss","grid charging off":"Eigenstrom","*":"Sicherung *"}},reasons:{limited_by_fuse:"[braucht {min_a} A, ]begrenzt[ auf {share_a} A] durch die {circuit} ({phase}, {rating_a} A): [{loads}, ]Haus {house_a} A",limited_by_fuse_peak:"[braucht {min_a} A, ]begrenzt[ auf {share_a} A] durch die {circuit} ({phase}, {rating_a} A): [{loads}, ]Haus zuletzt bis {house_a} A",limited_by_cycling:"[braucht {min_a} A, ]begrenzt[ auf {share_a} A] durch {limit}: {cycling_a} A bleiben frei für ein Gerät, das sich immer wieder einschaltet, etwa Backofen oder Kochfeld[, {loads}]",limited_by_unmetered_fuse:"[braucht {min_a} A, ]begrenzt[ auf {share_a} A] durch die {circuit} ({phase}, {rating_a} A)[: {loads}]",limited_by_reserve:"[braucht {min_a} A, ]begrenzt[ auf {share_a} A] durch die {circuit} ({phase}, {rating_a} A): [{loads}, ]{reserved_a} A reserviert für {reserved_for}, derzeit nicht steuerbar",limited_by_contract:"[braucht {min_a} A, ]begrenzt[ auf {share_a} A] durch die Bezugsgrenze von {limit_kw} kW: [{loads}, ]Haus {house_kw} kW",limited_by_imbalance:"[braucht {min_a} A, ]begrenzt[ auf {share_a} A] durch die Schieflastgrenze: {heavy} höchstens {rating_a} A über {light}, wo Verbraucher {light_a} A ziehen[; {loads}]",limited_by_tariff:"[braucht {min_a} A, ]begrenzt[ auf {share_a} A] durch den Tarif (im Mittel {limit_kw} kW bis {until}): [{loads}, ]Haus {house_kw} kW",limited_by_tariff_unseen:"[braucht {min_a} A, ]begrenzt[ auf {share_a} A] durch den Tarif (im Mittel {limit_kw} kW bis {until}; Bezug vor {unseen_until} unbekannt): [{loads}, ]Haus {house_kw} kW",limited_by_contract_band:"[braucht {min_a} A, ]begrenzt[ auf {share_a} A] durch den Vertrag über {limit_kw} kW (10 % mehr sind zulässig): [{loads}, ]Haus {house_kw} kW",limited_by_dimming:"[braucht {min_a} A, ]begrenzt[ auf {share_a} A] durch den Netzbetreiber, der steuerbare Verbraucher auf {rating_a} A über alle Phasen dimmt[: {loads}]",limited_by_unknown_dimming:"[braucht {min_a} A, ]begrenzt[ auf {share_a} A] durch ein Dimm-Relais mit unbekanntem Zustand: {rating_a} A über alle Phasen für steuerbare Verbraucher[; {loads}]",limited_by_surplus:"[braucht {min_a} A, ]begrenzt[ auf {share_a} A] durch den PV-Überschuss von {room_kw} kW[: {loads}]",limited_by_surplus_and_battery:"[braucht {min_a} A, ]begrenzt[ auf {share_a} A] durch den PV-Überschuss und was die Batterie abgeben darf, {room_kw} kW[: {loads}]",limited_by_excess:"[braucht {min_a} A, ]begrenzt[ auf {share_a} A] durch die Einspeisung über {threshold_kw} kW, das sind {room_kw} kW[: {loads}]",limited_by_own_power:"[braucht {min_a} A, ]begrenzt[ auf {share_a} A] durch den Eigenstrom, {room_kw} kW, weil allow_grid_charging aus ist[: {loads}]",limited_by_unknown_surplus:"[braucht {min_a} A, ]begrenzt[ auf {share_a} A] durch den PV-Überschuss: ein Messwert fehlt schon zu lange",limited_by_unknown_battery:"[braucht {min_a} A, ]begrenzt[ auf {share_a} A] durch den PV-Überschuss: Ladestand der Batterie unbekannt",limited_by_battery_first:"[braucht {min_a} A, ]begrenzt[ auf {share_a} A] durch den PV-Überschuss, der zuerst ganz in die Batterie geht ({soc_pct} % von {target_pct} %)",limited_by_battery_reserve:"[braucht {min_a} A, ]begrenzt[ auf {share_a} A] durch den PV-Überschuss jenseits von {reserve_kw} kW für die Batterie ({soc_pct} % von {target_pct} %): {room_kw} kW[, {loads}]",limited_by_battery_draw:"[braucht {min_a} A, ]begrenzt[ auf {share_a} A] durch den PV-Überschuss jenseits der {battery_kw} kW, die die Batterie lädt ({soc_pct} % von {target_pct} %): {room_kw} kW[, {loads}]",waits_for_energy:"wartet auf {energy}: {free_kw} kW Überschuss[ auf {phase}][ über {threshold_kw} kW], braucht {need_kw} kW[ auf {phases} Phasen][; {loads}]",waits_for_energy_w:"wartet auf {energy}: {free_w} W Überschuss[ auf {phase}][ über {threshold_kw} kW], braucht {need_w} W[ auf {phases} Phasen][; {loads}]",waits_for_lasting_energy:"wartet auf {energy}, bis genug davon anhält und übrig bleibt[: {loads}]",waits_for_known_energy:"wartet auf {energy}: ein Messwert des Überschusses fehlt schon zu lange",waits_for_known_battery:"wartet auf {energy}: Ladestand der Batterie unbekannt",waits_behind_battery:"wartet auf {energy}: {free_kw} kW Überschuss[ auf {phase}][ über {threshold_kw} kW], braucht {need_kw} kW[ auf {phases} Phasen]; zuerst lädt die Batterie ({soc_pct} % von {target_pct} %)",stopped_for_disobeying:"abgeschaltet: hält seine Stromgrenze nicht ein, während {limit} überlastet ist",stopped_by_switch_alone:"abgeschaltet: Strom lässt sich nicht einstellen, während {limit} überlastet ist",on_by_hand:"von Hand eingeschaltet",minimum_on_time:"bleibt mindestens {min_on_s} s an",runs_until_blocked:"läuft, bis die Sperre wirkt",pump_block_used_up:"für heute lange genug gesperrt, läuft wieder frei",held_while_unmeasured:"auf dem Minimum gehalten: {limit} nicht vollständig gemessen",stays_on_by_energy_left:"bleibt an, {limit} lässt das noch eine Weile zu",held_by_fuse:"auf {min_a} A gehalten durch {limit}, Überlastbudget zu {used_pct} % verbraucht",held_by_limit:"auf {min_a} A gehalten durch {limit}, für eine Weile zulässig",kept_without_energy:"bleibt ohne genug {energy} an, stoppt um {until}",held_without_energy:"auf {min_a} A gehalten ohne genug {energy}, stoppt um {until}",kept_while_others_go_first:"bleibt an, obwohl andere zuerst versorgt werden ({energy}), stoppt um {until}",waits_for_temperature:"wartet auf einen Temperaturwert",pump_stays_blocked:"bleibt bis {until} gesperrt",minimum_off_time:"bleibt bis {until} aus: Pause nach einem Stopp (min_off_s)",minimum_off_time_doubled:"bleibt bis {until} aus: Pause nach einem Stopp (min_off_s), länger nach mehreren Stopps durch {limit}",started_once_today:"heute schon einmal gestartet",starts_used_up:"heute schon {starts}-mal gestartet",fuse_cools_down:"pausiert, bis {limit} abgekühlt ist",paused_until_it_fits:"pausiert, bis {pause_min} min lang genug für sein Minimum frei war",paused_by_until_it_fits:"pausiert durch {limit}, bis {pause_min} min lang genug für sein Minimum frei war",paused_until:"pausiert mindestens bis {until}",paused_by_until:"pausiert durch {limit}, mindestens bis {until}",would_soon_stop:"wartet: {limit} würde bald wieder stoppen",energy_must_last:"genug {energy}, startet um {until}, wenn es so bleibt",energy_must_last_longer:"genug {energy}, startet um {until}, wenn es so bleibt; war in den letzten {window_min} Minuten schon {stops}-mal zu wenig",room_must_last:"startet, wenn sein Minimum {watch_s} s lang gepasst hat: andere müssten Platz machen",waits_its_turn:"wartet bis spätestens {until}: Laden würde {losers} mehr kosten, als es bringt",turn_starts_at:"startet um {until}, falls Laden andere dann nicht wieder mehr kostet, als es bringt",setting_missing:"wird nicht erhöht: {text}",reading_missing:"wird nicht erhöht: ein Messwert fehlt",reading_late:"höchstens auf dem Minimum: ein Messwert ist überfällig",fail_safe:"sicherer Zustand: ein Zähler schweigt oder hängt",limit_unmeasured:"wird nicht erhöht: {limit} nicht vollständig gemessen",limit_exceeded:"wird nicht erhöht: {limit} über dem Grenzwert",limit_watched_first:"{limit} wird {watch_s} s lang beobachtet, bevor etwas erhöht wird",next_command_due:"steigt mit dem nächsten Befehl: höchstens einer alle {min_write_s} s",last_raise_unseen:"steigt weiter, sobald der Zähler die letzte Erhöhung gemessen haben muss",next_reading_awaited:"steigt mit dem nächsten Messwert",room_not_lasting:"wartet, bis der Spielraum anhält",leaves_room_to_start:"lässt {loads} Platz zum Starten",phases_switching:"Phasen werden umgeschaltet",phases_wait_for_meters:"startet auf anderen Phasen, sobald die Zähler wieder messen",phases_wait_for_room:"startet auf anderen Phasen, sobald sein Minimum passt",phases_wait_for_trial:"wartet auf den Versuch mit einer Phase: blieben es drei, wäre {limit} überlastet",phases_unmeasured:"auf dem Minimum, bis seine Phasen gemessen sind",all_it_can_use:"hat alles, was es brauchen kann",rising:"wird erhöht",mode_off:"Modus steht auf Aus",maximum_below_minimum:"Höchststrom {max_a} A liegt unter dem Mindeststrom {min_a} A",off_by_hand:"von Hand ausgeschaltet",set_below_minimum_by_hand:"von Hand auf {limit_a} A eingestellt, läuft erst ab {min_a} A",unavailable:"Steuer-Entität nicht verfügbar",device_fault:"das Gerät meldet eine Störung",car_full:"das Auto ist voll",no_car:"kein Auto angeschlossen",not_allowed_to_charge:"Wallbox gibt das Laden gerade nicht frei",device_reports:"{text}",cannot_be_paused:"lässt sich nicht pausieren: kein Schalter, und der Strom beginnt bei {min_a} A",tank_below_minimum:"bei {temperature_c} °C, unter dem Minimum von {minimum_c} °C",tank_hygiene:"bei {temperature_c} °C, Legionellenschutz: noch {left_min} min auf {hygiene_c} °C",tank_heats:"bei {temperature_c} °C, heizt auf {target_c} °C",tank_hot_enough:"bei {temperature_c} °C, heiß genug, heizt wieder unter {again_c} °C",tank_off:"bei {temperature_c} °C, Modus steht auf Aus",tank_thermostat_open:"bei {temperature_c} °C, eigener Thermostat hat bei {cut_c} °C abgeschaltet",tank_waits_for_thermometer:"heizt nicht, bis die Temperatur wieder bekannt ist",tank_blind_thermostat_open:"eigener Thermostat hat abgeschaltet",tank_hour_used:"hat seine Heizstunde in acht Stunden schon gehabt",tank_hour_given:"darf jetzt eine Stunde heizen, eine von acht",pump_off:"Modus steht auf Aus: beide Relais bleiben offen",pump_blocked:"am letzten Tag {blocked_min} min gesperrt",pump_recommended:"Einschaltempfehlung durch den eigenen Überschuss",pump_forced:"Einschaltbefehl durch den eigenen Überschuss",ignores_limit:"hält die Grenze nicht ein: zieht {draw_a} A, obwohl {set_a} A eingestellt sind; Gerät neu starten und prüfen, dass nichts anderes es steuert",relays_ignore_limit:"hält die Grenze nicht ein: zieht {draw_a} A, obwohl {set_a} A eingestellt sind; prüfen, dass die Relais erreichbar sind und nichts anderes sie schaltet",ignored_limit:"hat die Grenze nicht eingehalten: zog {draw_a} A, mehr als eingestellt; Gerät neu starten und prüfen, dass nichts anderes es steuert",relays_ignored_limit:"hat die Grenze nicht eingehalten: zog {draw_a} A, mehr als eingestellt; prüfen, dass die Relais erreichbar sind und nichts anderes sie schaltet",current_not_taken:"übernimmt den Strom nicht: zeigt {shown_a} A, gesendet waren {sent_a} A; prüfen, dass das Gerät online ist und nichts anderes es steuert",current_not_displayed:"übernimmt den Strom nicht: zeigt nichts, gesendet waren {sent_a} A; prüfen, dass das Gerät online ist und nichts anderes es steuert",on_not_taken:"schaltet nicht: wurde eingeschaltet; prüfen, dass das Gerät online ist und nichts anderes es steuert",off_not_taken:"schaltet nicht: wurde ausgeschaltet; prüfen, dass das Gerät online ist und nichts anderes es steuert",one_phase_by_limit:"auf einer Phase: {limit} hat nur noch {left_a} A frei",one_phase_by_energy:"auf einer Phase: nicht genug {energy} für drei",one_phase_by_others:"auf einer Phase: drei würden einen anderen Verbraucher stoppen",one_phase_by_hand:"auf einer Phase: von Hand gewählt",one_phase_until_next_car:"auf einer Phase, bis das Auto neu eingesteckt wird",one_phase_session_used_up:"auf einer Phase: in dieser Ladung {switches} von {most} Umschaltungen verbraucht",one_phase_day_used_up:"auf einer Phase: heute {switches} von {most} Umschaltungen verbraucht",one_phase_gains_nothing:"auf einer Phase: drei würden nicht mehr bringen",one_phase_until:"auf einer Phase bis {until}, dann auf drei, wenn es dafür noch reicht",three_phases_by_hand:"auf drei Phasen: von Hand gewählt",three_phases_for_more:"auf drei Phasen: eine kann nicht alles nutzen, was frei ist",three_phases_by_limit:"auf drei Phasen: {limit} lässt für eine zu wenig übrig",phases_not_switchable:"Wallbox hat nicht gemeldet, dass sie Phasen umschalten kann (ConnectorSwitch3to1PhaseSupported)",phases_not_stopped:"Phasen nicht umgeschaltet: lädt weiter, obwohl kein Strom freigegeben ist[ ({failures} Fehlversuche, nächster erst nach dem Ausstecken)]",phases_stop_unseen:"Phasen nicht umgeschaltet: meldet nicht, dass sie angehalten hat[ ({failures} Fehlversuche, nächster erst nach dem Ausstecken)]",phases_not_taken:"Phasen nicht umgeschaltet: auf {set_phases}-phasig gestellt, zeigt {shown_phases}-phasig[ ({failures} Fehlversuche, nächster erst nach dem Ausstecken)]",phases_more_than_one:"lädt auf mehr als der einen eingestellten Phase[ ({failures} Fehlversuche, nächster erst nach dem Ausstecken)]",phases_not_back:"kam nicht auf drei Phasen zurück[ ({failures} Fehlversuche, nächster erst nach dem Ausstecken)]",phases_without_charger:"Wallbox nicht verfügbar oder gestört; noch einmal versuchen, wenn sie zurück ist",phases_without_car:"kein Auto angeschlossen; die Wahl gilt nur, solange das Auto bleibt",phases_without_stop:"nichts kann das Laden anhalten, und Phasen werden nie unter Strom umgeschaltet; in CONFIG einen Schalter angeben",phases_failed:"zweimal misslungen; nach dem Ausstecken des Autos wird es wieder versucht",phases_switching_already:"wird schon umgeschaltet; danach noch einmal wählen, falls andere Phasen gewünscht sind",phases_as_set:"lädt schon auf diesen Phasen und bleibt dabei, bis das Auto ausgesteckt wird",phases_when_measured:"wird angehalten und umgeschaltet, sobald die Zähler wieder melden",phases_next:"wird angehalten, umgeschaltet und startet wieder, sobald das Minimum passt"}};var Nn={card:{name:"Fusebox",description:"Fasen, verbruikers en vandaag, in één oogopslag",state_ok:"Alles is goed",state_limited:"Verbruikers worden beperkt",state_over:"Te veel op een leiding",state_blind:"De meter zwijgt",state_fault:"Een verbruiker heeft een storing",state_config_error:"CONFIG bevat een fout",state_dry_run:"Proefdraaien: niets wordt aangestuurd",state_missing:"Fusebox draait niet",state_starting:"Home Assistant start",state_unreachable:"Geen verbinding met Home Assistant",status_charging:"laadt",status_waiting:"wacht",status_paused:"gepauzeerd",status_full:"vol",status_unplugged:"niet verbonden",status_on:"aan",status_off:"uit",status_blind:"blind",status_fault:"storing",status_switching:"wisselt van fasen",status_unavailable:"niet beschikbaar",mode_standard:"Standaard",mode_continuous:"Altijd",mode_solar_priority:"Zon eerst",mode_solar_only:"Alleen zon",mode_excess:"Overschot",mode_off:"Uit",mode_normal:"Normaal",mode_boost:"Boost",sun:"Zon",battery:"Batterij",battery_in:"laadt",battery_out:"ontlaadt",grid:"Net",house:"Huis",export:"Teruglevering",free:"vrij",over:"te veel",of_fuse:"van {0}",may_have:"mag {0}",phase_count:"{0} fasen",one_phase:"1 fase",mode:"Modus",boost:"Boost",at_most:"Hoogstens",session:"deze sessie",confirmed:"Gedaan",pending:"Verzonden …",late:"Het apparaat toont het nog niet",no_loads:"Nog geen verbruikers. Noem ze in CONFIG, dan verschijnen ze hier.",versions:"Deze kaart is versie {0}, de scripts zijn {1}. Installeer beide uit dezelfde uitgave en laad de pagina opnieuw.",not_running:"sensor.fusebox_site is er niet. Kijk in het logboek van pyscript, of roep pyscript.fusebox_setup aan.",today:"Vandaag",total:"Totaal",no_history:"Er is nog niets opgenomen",old:"cijfers zijn {0} min oud",target:"doel",fuse:"zekering",price:"prijs",now:"nu",window:"Deze {0} minuten",window_left:"nog {0} min",month_peak:"Maandpiek",radiators:"Radiatoren",rad_on:"aan",rad_waits:"wacht",rad_warm:"warm genoeg",event_limited:"beperkt",event_shed:"gestopt",event_blind:"blind",event_recovered:"hersteld",event_escalated:"nakijken",phases:"Fasen",ready_by:"Klaar om",how_much:"Hoeveel",unit:"Eenheid",set_plan:"Plannen",clear_plan:"Wissen",plan_none:"geen plan",plan_waiting:"gepland",plan_running:"plan loopt",plan_done:"plan voltooid",plan_late:"plan te laat",edit_title:"Titel",edit_hours:"Uren terug",edit_hide_today:"Zonder het beeld van vandaag",edit_controls:"Bediening van verbruikers",controls_auto:"open bij weinig verbruikers",controls_always:"altijd open",controls_tap:"open na aantikken"},values:{energy:{sun:"zon",excess:"overschot","own power (allow_grid_charging is off)":"eigen stroom (allow_grid_charging staat uit)"},circuit:{main:"hoofdzekering","*":"zekering *"},limit:{main:"de hoofdzekering",tariff:"het tarief",dimmed:"de netbeheerder (dimmen)",contract:"de afnamelimiet",imbalance:"de limiet op scheve belasting",solar:"het zonne-overschot",excess:"het overschot","grid charging off":"eigen stroom","*":"de zekering *"}},reasons:{limited_by_fuse:"[heeft {min_a} A nodig, ]beperkt[ tot {share_a} A] door de {circuit} ({phase}, {rating_a} A): [{loads}, ]huis {house_a} A",limited_by_fuse_peak:"[heeft {min_a} A nodig, ]beperkt[ tot {share_a} A] door de {circuit} ({phase}, {rating_a} A): [{loads}, ]piek van het huis {house_a} A",limited_by_cycling:"[heeft {min_a} A nodig, ]beperkt[ tot {share_a} A] door {limit}: {cycling_a} A blijft vrij voor een toestel dat telkens in- en uitschakelt, zoals een oven of kookplaat[, {loads}]",limited_by_unmetered_fuse:"[heeft {min_a} A nodig, ]beperkt[ tot {share_a} A] door de {circuit} ({phase}, {rating_a} A)[: {loads}]",limited_by_reserve:"[heeft {min_a} A nodig, ]beperkt[ tot {share_a} A] door de {circuit} ({phase}, {rating_a} A): [{loads}, ]{reserved_a} A gereserveerd voor {reserved_for}, nu niet aan te sturen",limited_by_contract:"[heeft {min_a} A nodig, ]beperkt[ tot {share_a} A] door de afnamelimiet van {limit_kw} kW: [{loads}, ]huis {house_kw} kW",limited_by_imbalance:"[heeft {min_a} A nodig, ]beperkt[ tot {share_a} A] door de limiet op scheve belasting: {heavy} hoogstens {rating_a} A boven {light}, waar verbruikers {light_a} A nemen[; {loads}]",limited_by_tariff:"[heeft {min_a} A nodig, ]beperkt[ tot {share_a} A] door het tarief (gemiddeld {limit_kw} kW tot {until}): [{loads}, ]huis {house_kw} kW",limited_by_tariff_unseen:"[heeft {min_a} A nodig, ]beperkt[ tot {share_a} A] door het tarief (gemiddeld {limit_kw} kW tot {until}; afname vóór {unseen_until} onbekend): [{loads}, ]huis {house_kw} kW",limited_by_contract_band:"[heeft {min_a} A nodig, ]beperkt[ tot {share_a} A] door het contract van {limit_kw} kW (10 % meer mag): [{loads}, ]huis {house_kw} kW",limited_by_dimming:"[heeft {min_a} A nodig, ]beperkt[ tot {share_a} A] door de netbeheerder, die stuurbare verbruikers dimt tot {rating_a} A over alle fasen[: {loads}]",limited_by_unknown_dimming:"[heeft {min_a} A nodig, ]beperkt[ tot {share_a} A] door een dimrelais waarvan de stand onbekend is: {rating_a} A over alle fasen voor stuurbare verbruikers[; {loads}]",limited_by_surplus:"[heeft {min_a} A nodig, ]beperkt[ tot {share_a} A] door het zonne-overschot van {room_kw} kW[: {loads}]",limited_by_surplus_and_battery:"[heeft {min_a} A nodig, ]beperkt[ tot {share_a} A] door het zonne-overschot en wat de batterij mag geven, {room_kw} kW[: {loads}]",limited_by_excess:"[heeft {min_a} A nodig, ]beperkt[ tot {share_a} A] door de teruglevering boven {threshold_kw} kW, nu {room_kw} kW[: {loads}]",limited_by_own_power:"[heeft {min_a} A nodig, ]beperkt[ tot {share_a} A] door de eigen stroom, {room_kw} kW, omdat allow_grid_charging uit staat[: {loads}]",limited_by_unknown_surplus:"[heeft {min_a} A nodig, ]beperkt[ tot {share_a} A] door het zonne-overschot: een meting ontbreekt al te lang",limited_by_unknown_battery:"[heeft {min_a} A nodig, ]beperkt[ tot {share_a} A] door het zonne-overschot: laadniveau van de batterij onbekend",limited_by_battery_first:"[heeft {min_a} A nodig, ]beperkt[ tot {share_a} A] door het zonne-overschot, dat eerst helemaal naar de batterij gaat ({soc_pct} % van {target_pct} %)",limited_by_battery_reserve:"[heeft {min_a} A nodig, ]beperkt[ tot {share_a} A] door het zonne-overschot boven {reserve_kw} kW voor de batterij ({soc_pct} % van {target_pct} %): {room_kw} kW[, {loads}]",limited_by_battery_draw:"[heeft {min_a} A nodig, ]beperkt[ tot {share_a} A] door het zonne-overschot boven de {battery_kw} kW waarmee de batterij laadt ({soc_pct} % van {target_pct} %): {room_kw} kW[, {loads}]",waits_for_energy:"wacht op {energy}: {free_kw} kW overschot[ op {phase}][ boven {threshold_kw} kW], heeft {need_kw} kW nodig[ op {phases} fasen][; {loads}]",waits_for_energy_w:"wacht op {energy}: {free_w} W overschot[ op {phase}][ boven {threshold_kw} kW], heeft {need_w} W nodig[ op {phases} fasen][; {loads}]",waits_for_lasting_energy:"wacht op {energy}, tot er blijvend genoeg overblijft[: {loads}]",waits_for_known_energy:"wacht op {energy}: een meting van het overschot ontbreekt al te lang",waits_for_known_battery:"wacht op {energy}: laadniveau van de batterij onbekend",waits_behind_battery:"wacht op {energy}: {free_kw} kW overschot[ op {phase}][ boven {threshold_kw} kW], heeft {need_kw} kW nodig[ op {phases} fasen]; de batterij laadt eerst ({soc_pct} % van {target_pct} %)",stopped_for_disobeying:"uitgeschakeld: houdt zich niet aan de ingestelde stroom terwijl {limit} overbelast is",stopped_by_switch_alone:"uitgeschakeld: de stroom is niet in te stellen terwijl {limit} overbelast is",on_by_hand:"met de hand ingeschakeld",minimum_on_time:"blijft minstens {min_on_s} s aan",runs_until_blocked:"draait tot de blokkering werkt",pump_block_used_up:"al zo lang geblokkeerd als op één dag mag",held_while_unmeasured:"blijft op het minimum: {limit} wordt niet volledig gemeten",stays_on_by_energy_left:"blijft aan, {limit} laat het nog even toe",held_by_fuse:"blijft op {min_a} A door {limit}, {used_pct} % van de overbelastingsruimte verbruikt",held_by_limit:"blijft op {min_a} A door {limit}, voor even toegestaan",kept_without_energy:"blijft aan zonder genoeg {energy}, stopt om {until}",held_without_energy:"blijft op {min_a} A zonder genoeg {energy}, stopt om {until}",kept_while_others_go_first:"blijft aan hoewel andere verbruikers voorgaan ({energy}), stopt om {until}",waits_for_temperature:"wacht op een temperatuurmeting",pump_stays_blocked:"blijft geblokkeerd tot {until}",minimum_off_time:"blijft uit tot {until}: rust na een stop (min_off_s)",minimum_off_time_doubled:"blijft uit tot {until}: rust na een stop (min_off_s), langer na meerdere stops door {limit}",started_once_today:"is vandaag al één keer gestart",starts_used_up:"is vandaag al {starts} keer gestart",fuse_cools_down:"gepauzeerd tot {limit} is afgekoeld",paused_until_it_fits:"gepauzeerd tot het minimum {pause_min} min lang past",paused_by_until_it_fits:"gepauzeerd door {limit} tot het minimum {pause_min} min lang past",paused_until:"gepauzeerd tot minstens {until}",paused_by_until:"gepauzeerd door {limit} tot minstens {until}",would_soon_stop:"wacht: {limit} zou het snel weer stoppen",energy_must_last:"genoeg {energy}, start om {until} als dat zo blijft",energy_must_last_longer:"genoeg {energy}, start om {until} als dat zo blijft; de laatste {window_min} minuten al {stops} keer gestopt door een tekort",room_must_last:"start zodra het minimum {watch_s} s lang past: andere zouden moeten wijken",waits_its_turn:"wacht tot uiterlijk {until}: laden zou {losers} meer kosten dan het oplevert",turn_starts_at:"start om {until}, tenzij laden andere weer meer kost dan het oplevert",setting_missing:"gaat niet omhoog: {text}",reading_missing:"gaat niet omhoog: een meting ontbreekt",reading_late:"hoogstens op het minimum: een meting is te laat",fail_safe:"veilige stand: een meter zwijgt of hangt",limit_unmeasured:"gaat niet omhoog: {limit} wordt niet volledig gemeten",limit_exceeded:"gaat niet omhoog: {limit} boven de limiet",limit_watched_first:"{limit} wordt {watch_s} s bekeken voor er iets omhooggaat",next_command_due:"gaat omhoog met de volgende opdracht: hoogstens één per {min_write_s} s",last_raise_unseen:"gaat verder omhoog zodra de meter de vorige verhoging gemeten moet hebben",next_reading_awaited:"gaat omhoog bij de volgende meting",room_not_lasting:"wacht op ruimte die blijft",leaves_room_to_start:"laat ruimte zodat {loads} kan starten",phases_switching:"fasen worden omgeschakeld",phases_wait_for_meters:"start op andere fasen zodra de meters weer meten",phases_wait_for_room:"start op andere fasen zodra het minimum past",phases_wait_for_trial:"wacht op een proef met één fase: bleven het er drie, dan raakte {limit} overbelast",phases_unmeasured:"op het minimum tot de fasen gemeten zijn",all_it_can_use:"krijgt alles wat het kan gebruiken",rising:"gaat omhoog",mode_off:"modus staat op Uit",maximum_below_minimum:"het maximum van {max_a} A ligt onder het minimum van {min_a} A",off_by_hand:"met de hand uitgeschakeld",set_below_minimum_by_hand:"met de hand ingesteld op {limit_a} A, werkt pas vanaf {min_a} A",unavailable:"de entiteit voor de besturing is niet beschikbaar",device_fault:"het apparaat meldt een storing",car_full:"de auto is vol",no_car:"geen auto aangesloten",not_allowed_to_charge:"de laadpaal geeft het laden nu niet vrij",device_reports:"{text}",cannot_be_paused:"kan niet gepauzeerd worden: geen schakelaar, en de stroom begint bij {min_a} A",tank_below_minimum:"op {temperature_c} °C, onder het minimum van {minimum_c} °C",tank_hygiene:"op {temperature_c} °C, legionellabeveiliging: nog {left_min} min op {hygiene_c} °C",tank_heats:"op {temperature_c} °C, verwarmt tot {target_c} °C",tank_hot_enough:"op {temperature_c} °C, warm genoeg, verwarmt weer onder {again_c} °C",tank_off:"op {temperature_c} °C, modus staat op Uit",tank_thermostat_open:"op {temperature_c} °C, eigen thermostaat schakelde af bij {cut_c} °C",tank_waits_for_thermometer:"verwarmt niet tot de temperatuur weer bekend is",tank_blind_thermostat_open:"eigen thermostaat heeft afgeschakeld",tank_hour_used:"heeft zijn uur verwarmen (één op de acht) al gehad",tank_hour_given:"mag nu een uur verwarmen, één op de acht",pump_off:"modus staat op Uit: beide relais blijven open",pump_blocked:"de afgelopen dag {blocked_min} min geblokkeerd",pump_recommended:"aanbevolen te draaien, dankzij eigen overschot",pump_forced:"krijgt opdracht te draaien, dankzij eigen overschot",ignores_limit:"houdt zich niet aan de limiet: neemt {draw_a} A terwijl {set_a} A is ingesteld; herstart het apparaat en controleer of niets anders het aanstuurt",relays_ignore_limit:"houdt zich niet aan de limiet: neemt {draw_a} A terwijl {set_a} A is ingesteld; controleer of de relais bereikbaar zijn en niets anders ze schakelt",ignored_limit:"hield zich niet aan de limiet: nam {draw_a} A, meer dan ingesteld; herstart het apparaat en controleer of niets anders het aanstuurt",relays_ignored_limit:"hield zich niet aan de limiet: nam {draw_a} A, meer dan ingesteld; controleer of de relais bereikbaar zijn en niets anders ze schakelt",current_not_taken:"neemt de stroom niet over: toont {shown_a} A, verzonden was {sent_a} A; controleer of het apparaat online is en niets anders het aanstuurt",current_not_displayed:"neemt de stroom niet over: toont niets, verzonden was {sent_a} A; controleer of het apparaat online is en niets anders het aanstuurt",on_not_taken:"schakelt niet: werd ingeschakeld; controleer of het apparaat online is en niets anders het aanstuurt",off_not_taken:"schakelt niet: werd uitgeschakeld; controleer of het apparaat online is en niets anders het aanstuurt",one_phase_by_limit:"op één fase: {limit} heeft nog maar {left_a} A vrij",one_phase_by_energy:"op één fase: niet genoeg {energy} voor drie",one_phase_by_others:"op één fase: drie zou een andere verbruiker stoppen",one_phase_by_hand:"op één fase: met de hand gekozen",one_phase_until_next_car:"op één fase tot de auto opnieuw wordt aangesloten",one_phase_session_used_up:"op één fase: deze sessie al {switches} van {most} keer omgeschakeld",one_phase_day_used_up:"op één fase: vandaag al {switches} van {most} keer omgeschakeld",one_phase_gains_nothing:"op één fase: drie zou niet meer opleveren",one_phase_until:"op één fase tot {until}, daarna op drie als er dan nog genoeg is",three_phases_by_hand:"op drie fasen: met de hand gekozen",three_phases_for_more:"op drie fasen: één kan niet alles gebruiken wat vrij is",three_phases_by_limit:"op drie fasen: {limit} laat te weinig over voor één",phases_not_switchable:"de laadpaal heeft niet gemeld dat hij van fasen kan wisselen (ConnectorSwitch3to1PhaseSupported)",phases_not_stopped:"fasen niet omgeschakeld: laadt door hoewel er geen stroom is vrijgegeven[ ({failures} mislukte pogingen, pas weer na het loskoppelen)]",phases_stop_unseen:"fasen niet omgeschakeld: meldt niet dat het laden gestopt is[ ({failures} mislukte pogingen, pas weer na het loskoppelen)]",phases_not_taken:"fasen niet omgeschakeld: ingesteld op {set_phases}-fase, toont {shown_phases}-fase[ ({failures} mislukte pogingen, pas weer na het loskoppelen)]",phases_more_than_one:"laadt op meer dan de ene ingestelde fase[ ({failures} mislukte pogingen, pas weer na het loskoppelen)]",phases_not_back:"kwam niet terug op drie fasen[ ({failures} mislukte pogingen, pas weer na het loskoppelen)]",phases_without_charger:"de laadpaal is niet beschikbaar of meldt een storing; probeer opnieuw als hij terug is",phases_without_car:"geen auto aangesloten, en een keuze geldt zolang de auto blijft",phases_without_stop:"niets kan het laden stoppen, en fasen worden nooit onder stroom omgeschakeld; geef in CONFIG een schakelaar op",phases_failed:"twee keer mislukt; na het loskoppelen van de auto wordt het opnieuw geprobeerd",phases_switching_already:"wordt al omgeschakeld; kies daarna opnieuw als het andere fasen moeten zijn",phases_as_set:"laadt al op deze fasen en blijft daarop tot de auto wordt losgekoppeld",phases_when_measured:"wordt gestopt en omgeschakeld zodra de meters weer meten",phases_next:"wordt gestopt, omgeschakeld en start weer als het minimum past"}};var qn={card:{name:"Fusebox",description:"Faser, forbrugere og i dag, med ét blik",state_ok:"Alt er vel",state_limited:"Forbrugere holdes tilbage",state_over:"For meget på en ledning",state_blind:"Måleren er tavs",state_fault:"En forbruger har en fejl",state_config_error:"CONFIG har en fejl",state_dry_run:"Prøvekørsel: intet styres",state_missing:"Fusebox kører ikke",state_starting:"Home Assistant starter",state_unreachable:"Ingen forbindelse til Home Assistant",status_charging:"lader",status_waiting:"venter",status_paused:"på pause",status_full:"fuld",status_unplugged:"ikke tilsluttet",status_on:"tændt",status_off:"slukket",status_blind:"blind",status_fault:"fejl",status_switching:"skifter faser",status_unavailable:"ikke tilgængelig",mode_standard:"Standard",mode_continuous:"Altid",mode_solar_priority:"Sol først",mode_solar_only:"Kun sol",mode_excess:"Overskud",mode_off:"Fra",mode_normal:"Normal",mode_boost:"Boost",sun:"Sol",battery:"Batteri",battery_in:"lader",battery_out:"aflader",grid:"Net",house:"Hus",export:"Eksport",free:"ledig",over:"for meget",of_fuse:"af {0}",may_have:"må få {0}",phase_count:"{0} faser",one_phase:"1 fase",mode:"Tilstand",boost:"Boost",at_most:"Højst",session:"denne ladning",confirmed:"Udført",pending:"Sendt …",late:"Enheden viser det ikke endnu",no_loads:"Ingen forbrugere endnu. Nævn dem i CONFIG, så vises de her.",versions:"Dette kort er version {0}, scripterne er {1}. Installér begge fra samme udgivelse, og genindlæs siden.",not_running:"sensor.fusebox_site findes ikke. Se i loggen for pyscript, eller kald pyscript.fusebox_setup.",today:"I dag",total:"I alt",no_history:"Intet er optaget endnu",old:"tal er {0} min gamle",target:"mål",fuse:"sikring",price:"pris",now:"nu",window:"Disse {0} minutter",window_left:"{0} min tilbage",month_peak:"Månedens top",radiators:"Radiatorer",rad_on:"tændt",rad_waits:"venter",rad_warm:"varm nok",event_limited:"holdt tilbage",event_shed:"stoppet",event_blind:"blind",event_recovered:"overstået",event_escalated:"se efter",phases:"Faser",ready_by:"Klar kl.",how_much:"Hvor meget",unit:"Enhed",set_plan:"Planlæg",clear_plan:"Ryd",plan_none:"ingen plan",plan_waiting:"planlagt",plan_running:"planen kører",plan_done:"planen er opfyldt",plan_late:"planen er forsinket",edit_title:"Titel",edit_hours:"Timer tilbage",edit_hide_today:"Uden billedet af i dag",edit_controls:"Betjening af forbrugere",controls_auto:"åben ved få forbrugere",controls_always:"altid åben",controls_tap:"åben ved tryk"},values:{energy:{sun:"sol",excess:"overskud","own power (allow_grid_charging is off)":"egen strøm (allow_grid_charging er slået fra)"},circuit:{main:"hovedsikringen","*":"sikringen *"},limit:{main:"hovedsikringen",tariff:"tariffen",dimmed:"netselskabet (dæmpning)",contract:"importgrænsen",imbalance:"grænsen for skævbelastning",solar:"soloverskuddet",excess:"overskuddet","grid charging off":"egen strøm","*":"sikringen *"}},reasons:{limited_by_fuse:"[kræver {min_a} A, ]begrænset[ til {share_a} A] af {circuit} ({phase}, {rating_a} A): [{loads}, ]huset {house_a} A",limited_by_fuse_peak:"[kræver {min_a} A, ]begrænset[ til {share_a} A] af {circuit} ({phase}, {rating_a} A): [{loads}, ]huset op til {house_a} A",limited_by_cycling:"[kræver {min_a} A, ]begrænset[ til {share_a} A] af {limit}: {cycling_a} A holdes ledige til et apparat, der tænder og slukker, f.eks. ovn eller kogeplade[, {loads}]",limited_by_unmetered_fuse:"[kræver {min_a} A, ]begrænset[ til {share_a} A] af {circuit} ({phase}, {rating_a} A)[: {loads}]",limited_by_reserve:"[kræver {min_a} A, ]begrænset[ til {share_a} A] af {circuit} ({phase}, {rating_a} A): [{loads}, ]{reserved_a} A reserveret til {reserved_for}, som ikke kan styres nu",limited_by_contract:"[kræver {min_a} A, ]begrænset[ til {share_a} A] af importgrænsen på {limit_kw} kW: [{loads}, ]huset {house_kw} kW",limited_by_imbalance:"[kræver {min_a} A, ]begrænset[ til {share_a} A] af grænsen for skævbelastning: {heavy} højst {rating_a} A over {light}, hvor forbrugere trækker {light_a} A[; {loads}]",limited_by_tariff:"[kræver {min_a} A, ]begrænset[ til {share_a} A] af tariffen ({limit_kw} kW i gennemsnit til {until}): [{loads}, ]huset {house_kw} kW",limited_by_tariff_unseen:"[kræver {min_a} A, ]begrænset[ til {share_a} A] af tariffen ({limit_kw} kW i gennemsnit til {until}; import før {unseen_until} er ukendt): [{loads}, ]huset {house_kw} kW",limited_by_contract_band:"[kræver {min_a} A, ]begrænset[ til {share_a} A] af aftalen på {limit_kw} kW (10 % mere tolereres): [{loads}, ]huset {house_kw} kW",limited_by_dimming:"[kræver {min_a} A, ]begrænset[ til {share_a} A] af netselskabet, som dæmper styrbare forbrugere til {rating_a} A over alle faser[: {loads}]",limited_by_unknown_dimming:"[kræver {min_a} A, ]begrænset[ til {share_a} A] af et dæmpningsrelæ, hvis stilling er ukendt: {rating_a} A over alle faser til styrbare forbrugere[; {loads}]",limited_by_surplus:"[kræver {min_a} A, ]begrænset[ til {share_a} A] af soloverskuddet på {room_kw} kW[: {loads}]",limited_by_surplus_and_battery:"[kræver {min_a} A, ]begrænset[ til {share_a} A] af soloverskuddet og det, batteriet må give, {room_kw} kW[: {loads}]",limited_by_excess:"[kræver {min_a} A, ]begrænset[ til {share_a} A] af eksporten over {threshold_kw} kW, som er {room_kw} kW[: {loads}]",limited_by_own_power:"[kræver {min_a} A, ]begrænset[ til {share_a} A] af egen strøm, {room_kw} kW, fordi allow_grid_charging er slået fra[: {loads}]",limited_by_unknown_surplus:"[kræver {min_a} A, ]begrænset[ til {share_a} A] af soloverskuddet: en måling har manglet for længe",limited_by_unknown_battery:"[kræver {min_a} A, ]begrænset[ til {share_a} A] af soloverskuddet: batteriets ladetilstand er ukendt",limited_by_battery_first:"[kræver {min_a} A, ]begrænset[ til {share_a} A] af soloverskuddet, som først går helt til batteriet ({soc_pct} % af {target_pct} %)",limited_by_battery_reserve:"[kræver {min_a} A, ]begrænset[ til {share_a} A] af soloverskuddet ud over {reserve_kw} kW til batteriet ({soc_pct} % af {target_pct} %): {room_kw} kW[, {loads}]",limited_by_battery_draw:"[kræver {min_a} A, ]begrænset[ til {share_a} A] af soloverskuddet ud over de {battery_kw} kW, som batteriet tager ({soc_pct} % af {target_pct} %): {room_kw} kW[, {loads}]",waits_for_energy:"venter på {energy}: {free_kw} kW overskud[ på {phase}][ over {threshold_kw} kW], kræver {need_kw} kW[ på {phases} faser][; {loads}]",waits_for_energy_w:"venter på {energy}: {free_w} W overskud[ på {phase}][ over {threshold_kw} kW], kræver {need_w} W[ på {phases} faser][; {loads}]",waits_for_lasting_energy:"venter på {energy}, der varer ved og ikke går til andre[: {loads}]",waits_for_known_energy:"venter på {energy}: en måling af overskuddet har manglet for længe",waits_for_known_battery:"venter på {energy}: batteriets ladetilstand er ukendt",waits_behind_battery:"venter på {energy}: {free_kw} kW overskud[ på {phase}][ over {threshold_kw} kW], kræver {need_kw} kW[ på {phases} faser]; batteriet lader først ({soc_pct} % af {target_pct} %)",stopped_for_disobeying:"slukket: holder ikke sin strømgrænse, mens {limit} er overbelastet",stopped_by_switch_alone:"slukket: strømmen kan ikke indstilles, mens {limit} er overbelastet",on_by_hand:"tændt manuelt",minimum_on_time:"forbliver tændt i mindst {min_on_s} s",runs_until_blocked:"kører, indtil blokeringen virker",pump_block_used_up:"har været blokeret så længe, som et døgn tillader",held_while_unmeasured:"holdes på sit minimum: {limit} er ikke fuldt målt",stays_on_by_energy_left:"forbliver tændt, {limit} tåler det lidt endnu",held_by_fuse:"holdes på {min_a} A af {limit}, {used_pct} % af overbelastningsrummet er brugt",held_by_limit:"holdes på {min_a} A af {limit}, tåles en tid",kept_without_energy:"forbliver tændt uden nok {energy}, stopper kl. {until}",held_without_energy:"holdes på {min_a} A uden nok {energy}, stopper kl. {until}",kept_while_others_go_first:"forbliver tændt, selv om andre kommer først ({energy}), stopper kl. {until}",waits_for_temperature:"venter på en temperaturmåling",pump_stays_blocked:"forbliver blokeret til kl. {until}",minimum_off_time:"forbliver slukket til kl. {until}: hviler efter et stop (min_off_s)",minimum_off_time_doubled:"forbliver slukket til kl. {until}: hviler efter et stop (min_off_s), længere efter flere stop på grund af {limit}",started_once_today:"har allerede startet én gang i dag",starts_used_up:"har allerede startet {starts} gange i dag",fuse_cools_down:"på pause, indtil {limit} er kølet af",paused_until_it_fits:"på pause, indtil der har været plads til dens minimum i {pause_min} min",paused_by_until_it_fits:"på pause på grund af {limit}, indtil der har været plads til dens minimum i {pause_min} min",paused_until:"på pause mindst til kl. {until}",paused_by_until:"på pause på grund af {limit} mindst til kl. {until}",would_soon_stop:"venter: {limit} ville snart stoppe den igen",energy_must_last:"nok {energy}, starter kl. {until}, hvis det varer ved",energy_must_last_longer:"nok {energy}, starter kl. {until}, hvis det varer ved; er stoppet {stops} gange af mangel i de seneste {window_min} minutter",room_must_last:"starter, når der har været plads til dens minimum i {watch_s} s: andre skulle vige",waits_its_turn:"venter til senest kl. {until}: opladning ville koste {losers} mere, end den giver",turn_starts_at:"starter kl. {until}, medmindre opladning igen koster andre mere, end den giver",setting_missing:"hæves ikke: {text}",reading_missing:"hæves ikke: en måling mangler",reading_late:"højst på sit minimum: en måling er forsinket",fail_safe:"sikker tilstand: en måler er tavs eller står stille",limit_unmeasured:"hæves ikke: {limit} er ikke fuldt målt",limit_exceeded:"hæves ikke: {limit} er over grænsen",limit_watched_first:"{limit} overvåges i {watch_s} s, før noget hæves",next_command_due:"hæves med næste kommando: højst én per {min_write_s} s",last_raise_unseen:"hæves igen, når måleren må have set den seneste stigning",next_reading_awaited:"hæves ved næste måling",room_not_lasting:"venter på plads, der varer ved",leaves_room_to_start:"giver plads, så {loads} kan starte",phases_switching:"faserne skiftes",phases_wait_for_meters:"starter på andre faser, når målerne måler igen",phases_wait_for_room:"starter på andre faser, når der er plads til dens minimum",phases_wait_for_trial:"venter på forsøget på én fase: blev den på tre, ville {limit} blive overbelastet",phases_unmeasured:"på sit minimum, indtil faserne er målt",all_it_can_use:"får alt, den kan bruge",rising:"hæves",mode_off:"tilstanden er Fra",maximum_below_minimum:"maksimum på {max_a} A er under minimum på {min_a} A",off_by_hand:"slukket manuelt",set_below_minimum_by_hand:"indstillet manuelt til {limit_a} A, kører først fra {min_a} A",unavailable:"enheden til styring er ikke tilgængelig",device_fault:"apparatet melder en fejl",car_full:"bilen er fuldt opladet",no_car:"ingen bil tilsluttet",not_allowed_to_charge:"ladestanderen tillader ikke opladning lige nu",device_reports:"{text}",cannot_be_paused:"kan ikke sættes på pause: ingen afbryder, og strømmen begynder ved {min_a} A",tank_below_minimum:"på {temperature_c} °C, under minimum på {minimum_c} °C",tank_hygiene:"på {temperature_c} °C, legionellasikring: {hygiene_c} °C i {left_min} min endnu",tank_heats:"på {temperature_c} °C, varmer op til {target_c} °C",tank_hot_enough:"på {temperature_c} °C, varm nok, varmer igen under {again_c} °C",tank_off:"på {temperature_c} °C, tilstanden er Fra",tank_thermostat_open:"på {temperature_c} °C, egen termostat afbrød ved {cut_c} °C",tank_waits_for_thermometer:"varmer ikke, før temperaturen er kendt igen",tank_blind_thermostat_open:"egen termostat har afbrudt",tank_hour_used:"har allerede haft sin ene varmetime ud af otte",tank_hour_given:"får nu en varmetime ud af otte",pump_off:"tilstanden er Fra: begge relæer forbliver åbne",pump_blocked:"blokeret {blocked_min} min det seneste døgn",pump_recommended:"anbefalet at køre på eget overskud",pump_forced:"tvunget til at køre på eget overskud",ignores_limit:"overholder ikke sin grænse: trækker {draw_a} A, selv om den er sat til {set_a} A; genstart apparatet, og tjek, at intet andet styrer det",relays_ignore_limit:"overholder ikke sin grænse: trækker {draw_a} A, selv om den er sat til {set_a} A; tjek, at relæerne kan nås, og at intet andet styrer dem",ignored_limit:"overholdt ikke sin grænse: trak {draw_a} A, mere end den var sat til; genstart apparatet, og tjek, at intet andet styrer det",relays_ignored_limit:"overholdt ikke sin grænse: trak {draw_a} A, mere end den var sat til; tjek, at relæerne kan nås, og at intet andet styrer dem",current_not_taken:"tager ikke imod sin strøm: viser {shown_a} A, fik {sent_a} A sendt; tjek, at apparatet er online, og at intet andet styrer det",current_not_displayed:"tager ikke imod sin strøm: viser intet, fik {sent_a} A sendt; tjek, at apparatet er online, og at intet andet styrer det",on_not_taken:"skifter ikke: blev tændt; tjek, at apparatet er online, og at intet andet styrer det",off_not_taken:"skifter ikke: blev slukket; tjek, at apparatet er online, og at intet andet styrer det",one_phase_by_limit:"på én fase: {limit} har kun {left_a} A tilbage",one_phase_by_energy:"på én fase: ikke nok {energy} til tre",one_phase_by_others:"på én fase: tre ville stoppe en anden forbruger",one_phase_by_hand:"på én fase: valgt manuelt",one_phase_until_next_car:"på én fase, indtil bilen tilsluttes igen",one_phase_session_used_up:"på én fase: allerede skiftet {switches} af {most} gange i denne ladning",one_phase_day_used_up:"på én fase: allerede skiftet {switches} af {most} gange i dag",one_phase_gains_nothing:"på én fase: tre ville ikke give mere",one_phase_until:"på én fase til kl. {until}, derefter på tre, hvis der stadig er nok",three_phases_by_hand:"på tre faser: valgt manuelt",three_phases_for_more:"på tre faser: én kan ikke bruge alt, hvad der er ledigt",three_phases_by_limit:"på tre faser: {limit} giver for lidt til én",phases_not_switchable:"ladestanderen har ikke meldt, at den kan skifte faser (ConnectorSwitch3to1PhaseSupported)",phases_not_stopped:"faser ikke skiftet: lader videre, selv om der ikke er givet strøm[ ({failures} fejl, prøves først igen, når bilen har været frakoblet)]",phases_stop_unseen:"faser ikke skiftet: melder ikke, at den er stoppet[ ({failures} fejl, prøves først igen, når bilen har været frakoblet)]",phases_not_taken:"faser ikke skiftet: sat til {set_phases}-faset, viser {shown_phases}-faset[ ({failures} fejl, prøves først igen, når bilen har været frakoblet)]",phases_more_than_one:"lader på mere end den ene indstillede fase[ ({failures} fejl, prøves først igen, når bilen har været frakoblet)]",phases_not_back:"kom ikke tilbage på tre faser[ ({failures} fejl, prøves først igen, når bilen har været frakoblet)]",phases_without_charger:"ladestanderen er ikke tilgængelig eller melder fejl; prøv igen, når den er tilbage",phases_without_car:"ingen bil tilsluttet, og et valg gælder kun, så længe bilen bliver",phases_without_stop:"intet kan stoppe opladningen, og faser skiftes aldrig under strøm; angiv en afbryder i CONFIG",phases_failed:"to skift er mislykkedes; frakobl bilen for at prøve igen",phases_switching_already:"skiftes allerede; vælg igen bagefter, hvis det skal være andre faser",phases_as_set:"lader allerede på disse faser og bliver der, indtil bilen frakobles",phases_when_measured:"stoppes og skiftes, så snart målerne måler igen",phases_next:"stoppes, skiftes og starter igen, når der er plads til dens minimum"}};var qe={card:{name:"Fusebox",description:"Faser, laster og i dag, med ett blikk",state_ok:"Alt er vel",state_limited:"Laster holdes tilbake",state_over:"For mye på en ledning",state_blind:"Måleren er taus",state_fault:"En last har en feil",state_config_error:"CONFIG har en feil",state_dry_run:"Prøvekjøring: ingenting styres",state_missing:"Fusebox kjører ikke",state_starting:"Home Assistant starter",state_unreachable:"Ingen forbindelse med Home Assistant",status_charging:"lader",status_waiting:"venter",status_paused:"på pause",status_full:"full",status_unplugged:"ikke tilkoblet",status_on:"på",status_off:"av",status_blind:"blind",status_fault:"feil",status_switching:"bytter faser",status_unavailable:"ikke tilgjengelig",mode_standard:"Standard",mode_continuous:"Alltid",mode_solar_priority:"Sol først",mode_solar_only:"Bare sol",mode_excess:"Overskudd",mode_off:"Av",mode_normal:"Normal",mode_boost:"Boost",sun:"Sol",battery:"Batteri",battery_in:"lader",battery_out:"lader ut",grid:"Nett",house:"Hus",export:"Eksport",free:"ledig",over:"for mye",of_fuse:"av {0}",may_have:"kan få {0}",phase_count:"{0} faser",one_phase:"1 fase",mode:"Modus",boost:"Boost",at_most:"Høyst",session:"denne ladingen",confirmed:"Utført",pending:"Sendt …",late:"Enheten viser det ikke ennå",no_loads:"Ingen laster ennå. Nevn dem i CONFIG, så vises de her.",versions:"Dette kortet er versjon {0}, skriptene er {1}. Installer begge fra samme utgivelse, og last siden på nytt.",not_running:"sensor.fusebox_site finnes ikke. Se i loggen til pyscript, eller kall pyscript.fusebox_setup.",today:"I dag",total:"Totalt",no_history:"Ingenting er lagret ennå",old:"tall er {0} min gamle",target:"mål",fuse:"sikring",price:"pris",now:"nå",window:"Disse {0} minuttene",window_left:"{0} min igjen",month_peak:"Månedens topp",radiators:"Radiatorer",rad_on:"på",rad_waits:"venter",rad_warm:"varm nok",event_limited:"holdt tilbake",event_shed:"stoppet",event_blind:"blind",event_recovered:"over",event_escalated:"se etter",phases:"Faser",ready_by:"Klar kl.",how_much:"Hvor mye",unit:"Enhet",set_plan:"Planlegg",clear_plan:"Fjern",plan_none:"ingen plan",plan_waiting:"planlagt",plan_running:"planen kjører",plan_done:"planen er oppfylt",plan_late:"planen er forsinket",edit_title:"Tittel",edit_hours:"Timer tilbake",edit_hide_today:"Uten bildet av i dag",edit_controls:"Styring av laster",controls_auto:"åpen ved få laster",controls_always:"alltid åpen",controls_tap:"åpen ved trykk"},values:{energy:{sun:"sol",excess:"overskudd","own power (allow_grid_charging is off)":"egen strøm (allow_grid_charging er av)"},circuit:{main:"hovedsikringen","*":"sikringen *"},limit:{main:"hovedsikringen",tariff:"nettleien",dimmed:"nettselskapet (struping)",contract:"importgrensen",imbalance:"grensen for skjevlast",solar:"soloverskuddet",excess:"overskuddet","grid charging off":"egen strøm","*":"sikringen *"}},reasons:{limited_by_fuse:"[trenger {min_a} A, ]begrenset[ til {share_a} A] av {circuit} ({phase}, {rating_a} A): [{loads}, ]huset {house_a} A",limited_by_fuse_peak:"[trenger {min_a} A, ]begrenset[ til {share_a} A] av {circuit} ({phase}, {rating_a} A): [{loads}, ]huset opptil {house_a} A",limited_by_cycling:"[trenger {min_a} A, ]begrenset[ til {share_a} A] av {limit}: {cycling_a} A holdes ledig for et apparat som slår seg av og på, som stekeovn eller koketopp[, {loads}]",limited_by_unmetered_fuse:"[trenger {min_a} A, ]begrenset[ til {share_a} A] av {circuit} ({phase}, {rating_a} A)[: {loads}]",limited_by_reserve:"[trenger {min_a} A, ]begrenset[ til {share_a} A] av {circuit} ({phase}, {rating_a} A): [{loads}, ]{reserved_a} A reservert for {reserved_for}, som ikke kan styres nå",limited_by_contract:"[trenger {min_a} A, ]begrenset[ til {share_a} A] av importgrensen på {limit_kw} kW: [{loads}, ]huset {house_kw} kW",limited_by_imbalance:"[trenger {min_a} A, ]begrenset[ til {share_a} A] av grensen for skjevlast: {heavy} høyst {rating_a} A over {light}, der laster trekker {light_a} A[; {loads}]",limited_by_tariff:"[trenger {min_a} A, ]begrenset[ til {share_a} A] av nettleien ({limit_kw} kW i snitt til {until}): [{loads}, ]huset {house_kw} kW",limited_by_tariff_unseen:"[trenger {min_a} A, ]begrenset[ til {share_a} A] av nettleien ({limit_kw} kW i snitt til {until}; import før {unseen_until} er ukjent): [{loads}, ]huset {house_kw} kW",limited_by_contract_band:"[trenger {min_a} A, ]begrenset[ til {share_a} A] av avtalen på {limit_kw} kW (10 % mer tolereres): [{loads}, ]huset {house_kw} kW",limited_by_dimming:"[trenger {min_a} A, ]begrenset[ til {share_a} A] av nettselskapet, som struper styrbare laster til {rating_a} A over alle faser[: {loads}]",limited_by_unknown_dimming:"[trenger {min_a} A, ]begrenset[ til {share_a} A] av et strupingsrelé med ukjent tilstand: {rating_a} A over alle faser for styrbare laster[; {loads}]",limited_by_surplus:"[trenger {min_a} A, ]begrenset[ til {share_a} A] av soloverskuddet på {room_kw} kW[: {loads}]",limited_by_surplus_and_battery:"[trenger {min_a} A, ]begrenset[ til {share_a} A] av soloverskuddet og det batteriet kan gi, {room_kw} kW[: {loads}]",limited_by_excess:"[trenger {min_a} A, ]begrenset[ til {share_a} A] av eksporten over {threshold_kw} kW, som er {room_kw} kW[: {loads}]",limited_by_own_power:"[trenger {min_a} A, ]begrenset[ til {share_a} A] av egen strøm, {room_kw} kW, fordi allow_grid_charging er av[: {loads}]",limited_by_unknown_surplus:"[trenger {min_a} A, ]begrenset[ til {share_a} A] av soloverskuddet: en måling har manglet for lenge",limited_by_unknown_battery:"[trenger {min_a} A, ]begrenset[ til {share_a} A] av soloverskuddet: batteriets ladenivå er ukjent",limited_by_battery_first:"[trenger {min_a} A, ]begrenset[ til {share_a} A] av soloverskuddet, som først går helt til batteriet ({soc_pct} % av {target_pct} %)",limited_by_battery_reserve:"[trenger {min_a} A, ]begrenset[ til {share_a} A] av soloverskuddet utover {reserve_kw} kW til batteriet ({soc_pct} % av {target_pct} %): {room_kw} kW[, {loads}]",limited_by_battery_draw:"[trenger {min_a} A, ]begrenset[ til {share_a} A] av soloverskuddet utover de {battery_kw} kW som batteriet tar ({soc_pct} % av {target_pct} %): {room_kw} kW[, {loads}]",waits_for_energy:"venter på {energy}: {free_kw} kW overskudd[ på {phase}][ over {threshold_kw} kW], trenger {need_kw} kW[ på {phases} faser][; {loads}]",waits_for_energy_w:"venter på {energy}: {free_w} W overskudd[ på {phase}][ over {threshold_kw} kW], trenger {need_w} W[ på {phases} faser][; {loads}]",waits_for_lasting_energy:"venter på {energy} som varer og ikke går til andre[: {loads}]",waits_for_known_energy:"venter på {energy}: en måling av overskuddet har manglet for lenge",waits_for_known_battery:"venter på {energy}: batteriets ladenivå er ukjent",waits_behind_battery:"venter på {energy}: {free_kw} kW overskudd[ på {phase}][ over {threshold_kw} kW], trenger {need_kw} kW[ på {phases} faser]; batteriet lades først ({soc_pct} % av {target_pct} %)",stopped_for_disobeying:"slått av: holder ikke strømgrensen sin mens {limit} er overbelastet",stopped_by_switch_alone:"slått av: strømmen kan ikke stilles inn mens {limit} er overbelastet",on_by_hand:"slått på manuelt",minimum_on_time:"forblir på i minst {min_on_s} s",runs_until_blocked:"går til blokkeringen virker",pump_block_used_up:"har vært blokkert så lenge som et døgn tillater",held_while_unmeasured:"holdes på minimum: {limit} er ikke fullstendig målt",stays_on_by_energy_left:"forblir på, {limit} tåler det en stund til",held_by_fuse:"holdes på {min_a} A av {limit}, {used_pct} % av overbelastningsrommet er brukt",held_by_limit:"holdes på {min_a} A av {limit}, tåles en stund",kept_without_energy:"forblir på uten nok {energy}, stopper kl. {until}",held_without_energy:"holdes på {min_a} A uten nok {energy}, stopper kl. {until}",kept_while_others_go_first:"forblir på selv om andre går foran ({energy}), stopper kl. {until}",waits_for_temperature:"venter på en temperaturmåling",pump_stays_blocked:"forblir blokkert til kl. {until}",minimum_off_time:"forblir av til kl. {until}: hviler etter en stopp (min_off_s)",minimum_off_time_doubled:"forblir av til kl. {until}: hviler etter en stopp (min_off_s), lenger etter flere stopp på grunn av {limit}",started_once_today:"har allerede startet én gang i dag",starts_used_up:"har allerede startet {starts} ganger i dag",fuse_cools_down:"på pause til {limit} er avkjølt",paused_until_it_fits:"på pause til det har vært plass til minimumet i {pause_min} min",paused_by_until_it_fits:"på pause på grunn av {limit} til det har vært plass til minimumet i {pause_min} min",paused_until:"på pause minst til kl. {until}",paused_by_until:"på pause på grunn av {limit} minst til kl. {until}",would_soon_stop:"venter: {limit} ville snart stoppet den igjen",energy_must_last:"nok {energy}, starter kl. {until} hvis det varer",energy_must_last_longer:"nok {energy}, starter kl. {until} hvis det varer; har stoppet {stops} ganger av mangel de siste {window_min} minuttene",room_must_last:"starter når det har vært plass til minimumet i {watch_s} s: andre måtte ha veket",waits_its_turn:"venter til senest kl. {until}: lading ville kostet {losers} mer enn den gir",turn_starts_at:"starter kl. {until}, med mindre lading igjen koster andre mer enn den gir",setting_missing:"økes ikke: {text}",reading_missing:"økes ikke: en måling mangler",reading_late:"høyst på minimum: en måling er forsinket",fail_safe:"sikker tilstand: en måler er taus eller står stille",limit_unmeasured:"økes ikke: {limit} er ikke fullstendig målt",limit_exceeded:"økes ikke: {limit} er over grensen",limit_watched_first:"{limit} overvåkes i {watch_s} s før noe økes",next_command_due:"økes med neste kommando: høyst én per {min_write_s} s",last_raise_unseen:"økes igjen når måleren må ha sett den forrige økningen",next_reading_awaited:"økes ved neste måling",room_not_lasting:"venter på plass som varer",leaves_room_to_start:"gir plass så {loads} kan starte",phases_switching:"fasene byttes",phases_wait_for_meters:"starter på andre faser når målerne måler igjen",phases_wait_for_room:"starter på andre faser når det er plass til minimumet",phases_wait_for_trial:"venter på forsøket på én fase: ble den på tre, ville {limit} blitt overbelastet",phases_unmeasured:"på minimum til fasene er målt",all_it_can_use:"får alt den kan bruke",rising:"øker",mode_off:"modus er Av",maximum_below_minimum:"maksimum på {max_a} A er under minimum på {min_a} A",off_by_hand:"slått av manuelt",set_below_minimum_by_hand:"stilt inn manuelt på {limit_a} A, går først fra {min_a} A",unavailable:"styringsentiteten er utilgjengelig",device_fault:"enheten melder en feil",car_full:"bilen er fulladet",no_car:"ingen bil tilkoblet",not_allowed_to_charge:"laderen tillater ikke lading nå",device_reports:"{text}",cannot_be_paused:"kan ikke settes på pause: ingen bryter, og strømmen starter på {min_a} A",tank_below_minimum:"på {temperature_c} °C, under minimum på {minimum_c} °C",tank_hygiene:"på {temperature_c} °C, legionellasikring: {hygiene_c} °C i {left_min} min til",tank_heats:"på {temperature_c} °C, varmer opp til {target_c} °C",tank_hot_enough:"på {temperature_c} °C, varm nok, varmer igjen under {again_c} °C",tank_off:"på {temperature_c} °C, modus er Av",tank_thermostat_open:"på {temperature_c} °C, egen termostat slo ut ved {cut_c} °C",tank_waits_for_thermometer:"varmer ikke før temperaturen er kjent igjen",tank_blind_thermostat_open:"egen termostat har slått ut",tank_hour_used:"har allerede fått sin ene varmetime av åtte",tank_hour_given:"får nå én varmetime av åtte",pump_off:"modus er Av: begge releene forblir åpne",pump_blocked:"blokkert {blocked_min} min det siste døgnet",pump_recommended:"anbefalt å gå på eget overskudd",pump_forced:"tvunget til å gå på eget overskudd",ignores_limit:"holder ikke grensen: trekker {draw_a} A, selv om den er satt til {set_a} A; start enheten på nytt, og sjekk at ikke noe annet styrer den",relays_ignore_limit:"holder ikke grensen: trekker {draw_a} A, selv om den er satt til {set_a} A; sjekk at releene kan nås, og at ikke noe annet styrer dem",ignored_limit:"holdt ikke grensen: trakk {draw_a} A, mer enn den var satt til; start enheten på nytt, og sjekk at ikke noe annet styrer den",relays_ignored_limit:"holdt ikke grensen: trakk {draw_a} A, mer enn den var satt til; sjekk at releene kan nås, og at ikke noe annet styrer dem",current_not_taken:"tar ikke imot strømmen: viser {shown_a} A, fikk {sent_a} A; sjekk at enheten er på nett, og at ikke noe annet styrer den",current_not_displayed:"tar ikke imot strømmen: viser ingenting, fikk {sent_a} A; sjekk at enheten er på nett, og at ikke noe annet styrer den",on_not_taken:"bytter ikke: ble slått på; sjekk at enheten er på nett, og at ikke noe annet styrer den",off_not_taken:"bytter ikke: ble slått av; sjekk at enheten er på nett, og at ikke noe annet styrer den",one_phase_by_limit:"på én fase: {limit} har bare {left_a} A igjen",one_phase_by_energy:"på én fase: ikke nok {energy} til tre",one_phase_by_others:"på én fase: tre ville stoppet en annen last",one_phase_by_hand:"på én fase: valgt manuelt",one_phase_until_next_car:"på én fase til bilen kobles til på nytt",one_phase_session_used_up:"på én fase: allerede byttet {switches} av {most} ganger i denne ladingen",one_phase_day_used_up:"på én fase: allerede byttet {switches} av {most} ganger i dag",one_phase_gains_nothing:"på én fase: tre ville ikke gitt mer",one_phase_until:"på én fase til kl. {until}, deretter på tre hvis det fortsatt er nok",three_phases_by_hand:"på tre faser: valgt manuelt",three_phases_for_more:"på tre faser: én kan ikke bruke alt som er ledig",three_phases_by_limit:"på tre faser: {limit} gir for lite til én",phases_not_switchable:"laderen har ikke meldt at den kan bytte faser (ConnectorSwitch3to1PhaseSupported)",phases_not_stopped:"faser ikke byttet: lader videre selv om den ikke får strøm tildelt[ ({failures} feil, prøves først igjen når bilen har vært koblet fra)]",phases_stop_unseen:"faser ikke byttet: melder ikke at den har stoppet[ ({failures} feil, prøves først igjen når bilen har vært koblet fra)]",phases_not_taken:"faser ikke byttet: satt til {set_phases}-faset, viser {shown_phases}-faset[ ({failures} feil, prøves først igjen når bilen har vært koblet fra)]",phases_more_than_one:"lader på mer enn den ene innstilte fasen[ ({failures} feil, prøves først igjen når bilen har vært koblet fra)]",phases_not_back:"kom ikke tilbake på tre faser[ ({failures} feil, prøves først igjen når bilen har vært koblet fra)]",phases_without_charger:"laderen er utilgjengelig eller melder feil; prøv igjen når den er tilbake",phases_without_car:"ingen bil tilkoblet, og et valg gjelder bare så lenge bilen står der",phases_without_stop:"ingenting kan stoppe ladingen, og faser byttes aldri under strøm; oppgi en bryter i CONFIG",phases_failed:"to bytter har mislyktes; koble fra bilen for å prøve igjen",phases_switching_already:"byttes allerede; velg på nytt etterpå hvis det skal være andre faser",phases_as_set:"lader allerede på disse fasene og blir der til bilen kobles fra",phases_when_measured:"stoppes og byttes så snart målerne måler igjen",phases_next:"stoppes, byttes og starter igjen når det er plass til minimumet"}};var In={card:{name:"Fusebox",description:"Faser, laster och i dag, med en blick",state_ok:"Allt är väl",state_limited:"Laster hålls tillbaka",state_over:"För mycket på en ledning",state_blind:"Mätaren är tyst",state_fault:"En last har ett fel",state_config_error:"CONFIG har ett fel",state_dry_run:"Provkörning: ingenting styrs",state_missing:"Fusebox körs inte",state_starting:"Home Assistant startar",state_unreachable:"Ingen anslutning till Home Assistant",status_charging:"laddar",status_waiting:"väntar",status_paused:"pausad",status_full:"full",status_unplugged:"ej ansluten",status_on:"på",status_off:"av",status_blind:"blind",status_fault:"fel",status_switching:"byter faser",status_unavailable:"inte tillgänglig",mode_standard:"Standard",mode_continuous:"Alltid",mode_solar_priority:"Sol först",mode_solar_only:"Bara sol",mode_excess:"Överskott",mode_off:"Av",mode_normal:"Normal",mode_boost:"Boost",sun:"Sol",battery:"Batteri",battery_in:"laddas",battery_out:"laddas ur",grid:"Nät",house:"Hus",export:"Export",free:"ledigt",over:"för mycket",of_fuse:"av {0}",may_have:"får ta {0}",phase_count:"{0} faser",one_phase:"1 fas",mode:"Läge",boost:"Boost",at_most:"Högst",session:"denna laddning",confirmed:"Klart",pending:"Skickat …",late:"Enheten visar det inte än",no_loads:"Inga laster än. Nämn dem i CONFIG, så syns de här.",versions:"Det här kortet är version {0}, skripten är {1}. Installera båda från samma utgåva och ladda om sidan.",not_running:"sensor.fusebox_site finns inte. Se pyscripts logg, eller anropa pyscript.fusebox_setup.",today:"I dag",total:"Totalt",no_history:"Ingenting är inspelat än",old:"siffror är {0} min gamla",target:"mål",fuse:"säkring",price:"pris",now:"nu",window:"Dessa {0} minuter",window_left:"{0} min kvar",month_peak:"Månadens topp",radiators:"Element",rad_on:"på",rad_waits:"väntar",rad_warm:"varmt nog",event_limited:"hålls tillbaka",event_shed:"stoppad",event_blind:"blind",event_recovered:"över",event_escalated:"titta",phases:"Faser",ready_by:"Klar kl.",how_much:"Hur mycket",unit:"Enhet",set_plan:"Planera",clear_plan:"Rensa",plan_none:"ingen plan",plan_waiting:"planerad",plan_running:"planen körs",plan_done:"planen är klar",plan_late:"planen är försenad",edit_title:"Titel",edit_hours:"Timmar bakåt",edit_hide_today:"Utan bilden av i dag",edit_controls:"Lasternas reglage",controls_auto:"öppna vid få laster",controls_always:"alltid öppna",controls_tap:"öppna vid tryck"},values:{energy:{sun:"sol",excess:"överskott","own power (allow_grid_charging is off)":"egen el (allow_grid_charging är av)"},circuit:{main:"huvudsäkringen","*":"säkringen *"},limit:{main:"huvudsäkringen",tariff:"tariffen",dimmed:"nätbolaget (begränsning)",contract:"importgränsen",imbalance:"gränsen för snedbelastning",solar:"solöverskottet",excess:"överskottet","grid charging off":"egen el","*":"säkringen *"}},reasons:{limited_by_fuse:"[behöver {min_a} A, ]begränsad[ till {share_a} A] av {circuit} ({phase}, {rating_a} A): [{loads}, ]huset {house_a} A",limited_by_fuse_peak:"[behöver {min_a} A, ]begränsad[ till {share_a} A] av {circuit} ({phase}, {rating_a} A): [{loads}, ]huset upp till {house_a} A",limited_by_cycling:"[behöver {min_a} A, ]begränsad[ till {share_a} A] av {limit}: {cycling_a} A hålls lediga för en apparat som slår till och från, som ugn eller häll[, {loads}]",limited_by_unmetered_fuse:"[behöver {min_a} A, ]begränsad[ till {share_a} A] av {circuit} ({phase}, {rating_a} A)[: {loads}]",limited_by_reserve:"[behöver {min_a} A, ]begränsad[ till {share_a} A] av {circuit} ({phase}, {rating_a} A): [{loads}, ]{reserved_a} A reserverade för {reserved_for}, som inte kan styras nu",limited_by_contract:"[behöver {min_a} A, ]begränsad[ till {share_a} A] av importgränsen på {limit_kw} kW: [{loads}, ]huset {house_kw} kW",limited_by_imbalance:"[behöver {min_a} A, ]begränsad[ till {share_a} A] av gränsen för snedbelastning: {heavy} högst {rating_a} A över {light}, där laster tar {light_a} A[; {loads}]",limited_by_tariff:"[behöver {min_a} A, ]begränsad[ till {share_a} A] av tariffen ({limit_kw} kW i medeltal till {until}): [{loads}, ]huset {house_kw} kW",limited_by_tariff_unseen:"[behöver {min_a} A, ]begränsad[ till {share_a} A] av tariffen ({limit_kw} kW i medeltal till {until}; importen före {unseen_until} är okänd): [{loads}, ]huset {house_kw} kW",limited_by_contract_band:"[behöver {min_a} A, ]begränsad[ till {share_a} A] av avtalet på {limit_kw} kW (10 % mer tolereras): [{loads}, ]huset {house_kw} kW",limited_by_dimming:"[behöver {min_a} A, ]begränsad[ till {share_a} A] av nätbolaget, som begränsar styrbara laster till {rating_a} A över alla faser[: {loads}]",limited_by_unknown_dimming:"[behöver {min_a} A, ]begränsad[ till {share_a} A] av ett begränsningsrelä vars läge är okänt: {rating_a} A över alla faser för styrbara laster[; {loads}]",limited_by_surplus:"[behöver {min_a} A, ]begränsad[ till {share_a} A] av solöverskottet på {room_kw} kW[: {loads}]",limited_by_surplus_and_battery:"[behöver {min_a} A, ]begränsad[ till {share_a} A] av solöverskottet och det som batteriet får ge, {room_kw} kW[: {loads}]",limited_by_excess:"[behöver {min_a} A, ]begränsad[ till {share_a} A] av exporten över {threshold_kw} kW, som är {room_kw} kW[: {loads}]",limited_by_own_power:"[behöver {min_a} A, ]begränsad[ till {share_a} A] av egen el, {room_kw} kW, eftersom allow_grid_charging är av[: {loads}]",limited_by_unknown_surplus:"[behöver {min_a} A, ]begränsad[ till {share_a} A] av solöverskottet: ett mätvärde har saknats för länge",limited_by_unknown_battery:"[behöver {min_a} A, ]begränsad[ till {share_a} A] av solöverskottet: batteriets laddnivå är okänd",limited_by_battery_first:"[behöver {min_a} A, ]begränsad[ till {share_a} A] av solöverskottet, som först går helt till batteriet ({soc_pct} % av {target_pct} %)",limited_by_battery_reserve:"[behöver {min_a} A, ]begränsad[ till {share_a} A] av solöverskottet utöver {reserve_kw} kW till batteriet ({soc_pct} % av {target_pct} %): {room_kw} kW[, {loads}]",limited_by_battery_draw:"[behöver {min_a} A, ]begränsad[ till {share_a} A] av solöverskottet utöver de {battery_kw} kW som batteriet tar ({soc_pct} % av {target_pct} %): {room_kw} kW[, {loads}]",waits_for_energy:"väntar på {energy}: {free_kw} kW överskott[ på {phase}][ över {threshold_kw} kW], behöver {need_kw} kW[ på {phases} faser][; {loads}]",waits_for_energy_w:"väntar på {energy}: {free_w} W överskott[ på {phase}][ över {threshold_kw} kW], behöver {need_w} W[ på {phases} faser][; {loads}]",waits_for_lasting_energy:"väntar på {energy} som håller i sig och inte går till andra[: {loads}]",waits_for_known_energy:"väntar på {energy}: ett mätvärde för överskottet har saknats för länge",waits_for_known_battery:"väntar på {energy}: batteriets laddnivå är okänd",waits_behind_battery:"väntar på {energy}: {free_kw} kW överskott[ på {phase}][ över {threshold_kw} kW], behöver {need_kw} kW[ på {phases} faser]; batteriet laddas först ({soc_pct} % av {target_pct} %)",stopped_for_disobeying:"avstängd: håller inte sin strömgräns medan {limit} är överbelastad",stopped_by_switch_alone:"avstängd: strömmen går inte att ställa in medan {limit} är överbelastad",on_by_hand:"påslagen för hand",minimum_on_time:"förblir på i minst {min_on_s} s",runs_until_blocked:"går tills blockeringen verkar",pump_block_used_up:"har varit blockerad så länge som ett dygn tillåter",held_while_unmeasured:"hålls på sitt minimum: {limit} mäts inte fullständigt",stays_on_by_energy_left:"förblir på, {limit} tål det en stund till",held_by_fuse:"hålls på {min_a} A av {limit}, {used_pct} % av överlastutrymmet är förbrukat",held_by_limit:"hålls på {min_a} A av {limit}, tolereras en stund",kept_without_energy:"förblir på utan tillräckligt med {energy}, stoppar kl. {until}",held_without_energy:"hålls på {min_a} A utan tillräckligt med {energy}, stoppar kl. {until}",kept_while_others_go_first:"förblir på fast andra går före ({energy}), stoppar kl. {until}",waits_for_temperature:"väntar på ett temperaturvärde",pump_stays_blocked:"förblir blockerad till kl. {until}",minimum_off_time:"förblir av till kl. {until}: vilar efter ett stopp (min_off_s)",minimum_off_time_doubled:"förblir av till kl. {until}: vilar efter ett stopp (min_off_s), längre efter flera stopp på grund av {limit}",started_once_today:"har redan startat en gång i dag",starts_used_up:"har redan startat {starts} gånger i dag",fuse_cools_down:"pausad tills {limit} har svalnat",paused_until_it_fits:"pausad tills dess minimum har fått plats i {pause_min} min",paused_by_until_it_fits:"pausad på grund av {limit} tills dess minimum har fått plats i {pause_min} min",paused_until:"pausad minst till kl. {until}",paused_by_until:"pausad på grund av {limit} minst till kl. {until}",would_soon_stop:"väntar: {limit} skulle snart stoppa den igen",energy_must_last:"tillräckligt med {energy}, startar kl. {until} om det håller i sig",energy_must_last_longer:"tillräckligt med {energy}, startar kl. {until} om det håller i sig; har stoppats {stops} gånger av brist de senaste {window_min} minuterna",room_must_last:"startar när dess minimum har fått plats i {watch_s} s: andra skulle få ge plats",waits_its_turn:"väntar till senast kl. {until}: laddning skulle kosta {losers} mer än den ger",turn_starts_at:"startar kl. {until}, om inte laddning återigen kostar andra mer än den ger",setting_missing:"höjs inte: {text}",reading_missing:"höjs inte: ett mätvärde saknas",reading_late:"högst på sitt minimum: ett mätvärde är försenat",fail_safe:"säkert läge: en mätare är tyst eller har fastnat",limit_unmeasured:"höjs inte: {limit} mäts inte fullständigt",limit_exceeded:"höjs inte: {limit} är över gränsen",limit_watched_first:"{limit} bevakas i {watch_s} s innan något höjs",next_command_due:"höjs med nästa kommando: högst ett per {min_write_s} s",last_raise_unseen:"höjs igen när mätaren måste ha sett den förra höjningen",next_reading_awaited:"höjs vid nästa mätvärde",room_not_lasting:"väntar på utrymme som håller i sig",leaves_room_to_start:"ger plats så att {loads} kan starta",phases_switching:"faserna kopplas om",phases_wait_for_meters:"startar på andra faser när mätarna mäter igen",phases_wait_for_room:"startar på andra faser när dess minimum får plats",phases_wait_for_trial:"väntar på försöket på en fas: blev den kvar på tre skulle {limit} överbelastas",phases_unmeasured:"på sitt minimum tills faserna har mätts",all_it_can_use:"får allt den kan använda",rising:"ökar",mode_off:"läget är Av",maximum_below_minimum:"maximum på {max_a} A är lägre än minimum på {min_a} A",off_by_hand:"avstängd för hand",set_below_minimum_by_hand:"inställd för hand på {limit_a} A, går först från {min_a} A",unavailable:"entiteten som styr är inte tillgänglig",device_fault:"enheten rapporterar ett fel",car_full:"bilen är fulladdad",no_car:"ingen bil ansluten",not_allowed_to_charge:"laddboxen tillåter inte laddning just nu",device_reports:"{text}",cannot_be_paused:"kan inte pausas: ingen brytare, och strömmen börjar vid {min_a} A",tank_below_minimum:"på {temperature_c} °C, under minimum på {minimum_c} °C",tank_hygiene:"på {temperature_c} °C, legionellaskydd: {hygiene_c} °C i {left_min} min till",tank_heats:"på {temperature_c} °C, värmer till {target_c} °C",tank_hot_enough:"på {temperature_c} °C, tillräckligt varm, värmer igen under {again_c} °C",tank_off:"på {temperature_c} °C, läget är Av",tank_thermostat_open:"på {temperature_c} °C, egen termostat bröt vid {cut_c} °C",tank_waits_for_thermometer:"värmer inte förrän temperaturen är känd igen",tank_blind_thermostat_open:"egen termostat har brutit",tank_hour_used:"har redan haft sin värmetimme av åtta",tank_hour_given:"får nu en värmetimme av åtta",pump_off:"läget är Av: båda reläerna förblir öppna",pump_blocked:"blockerad {blocked_min} min det senaste dygnet",pump_recommended:"rekommenderas att gå på eget överskott",pump_forced:"tvingas gå på eget överskott",ignores_limit:"håller inte sin gräns: tar {draw_a} A fast den är inställd på {set_a} A; starta om enheten och kontrollera att inget annat styr den",relays_ignore_limit:"håller inte sin gräns: tar {draw_a} A fast den är inställd på {set_a} A; kontrollera att reläerna kan nås och att inget annat styr dem",ignored_limit:"höll inte sin gräns: tog {draw_a} A, mer än inställt; starta om enheten och kontrollera att inget annat styr den",relays_ignored_limit:"höll inte sin gräns: tog {draw_a} A, mer än inställt; kontrollera att reläerna kan nås och att inget annat styr dem",current_not_taken:"tar inte emot sin ström: visar {shown_a} A, fick {sent_a} A; kontrollera att enheten är online och att inget annat styr den",current_not_displayed:"tar inte emot sin ström: visar inget, fick {sent_a} A; kontrollera att enheten är online och att inget annat styr den",on_not_taken:"kopplar inte om: slogs på; kontrollera att enheten är online och att inget annat styr den",off_not_taken:"kopplar inte om: slogs av; kontrollera att enheten är online och att inget annat styr den",one_phase_by_limit:"på en fas: {limit} har bara {left_a} A kvar",one_phase_by_energy:"på en fas: inte tillräckligt med {energy} för tre",one_phase_by_others:"på en fas: tre skulle stoppa en annan last",one_phase_by_hand:"på en fas: valt för hand",one_phase_until_next_car:"på en fas tills bilen ansluts på nytt",one_phase_session_used_up:"på en fas: redan växlat {switches} av {most} gånger under denna laddning",one_phase_day_used_up:"på en fas: redan växlat {switches} av {most} gånger i dag",one_phase_gains_nothing:"på en fas: tre skulle inte ge mer",one_phase_until:"på en fas till kl. {until}, sedan på tre om det fortfarande räcker",three_phases_by_hand:"på tre faser: valt för hand",three_phases_for_more:"på tre faser: en kan inte utnyttja allt som är ledigt",three_phases_by_limit:"på tre faser: {limit} lämnar för lite för en",phases_not_switchable:"laddboxen har inte meddelat att den kan växla faser (ConnectorSwitch3to1PhaseSupported)",phases_not_stopped:"faser inte växlade: laddar vidare fast ingen ström erbjuds[ ({failures} misslyckanden, nytt försök först när bilen har kopplats ur)]",phases_stop_unseen:"faser inte växlade: meddelar inte att den har stoppat[ ({failures} misslyckanden, nytt försök först när bilen har kopplats ur)]",phases_not_taken:"faser inte växlade: inställd på {set_phases}-fas, visar {shown_phases}-fas[ ({failures} misslyckanden, nytt försök först när bilen har kopplats ur)]",phases_more_than_one:"laddar på fler än den enda inställda fasen[ ({failures} misslyckanden, nytt försök först när bilen har kopplats ur)]",phases_not_back:"kom inte tillbaka till tre faser[ ({failures} misslyckanden, nytt försök först när bilen har kopplats ur)]",phases_without_charger:"laddboxen är inte tillgänglig eller rapporterar ett fel; försök igen när den är tillbaka",phases_without_car:"ingen bil ansluten, och ett val gäller bara så länge bilen är kvar",phases_without_stop:"ingenting kan stoppa laddningen, och faser växlas aldrig under ström; ange en brytare i CONFIG",phases_failed:"två växlingar har misslyckats; koppla ur bilen för ett nytt försök",phases_switching_already:"växlas redan; välj igen efteråt om det ska vara andra faser",phases_as_set:"laddar redan på dessa faser och blir kvar där tills bilen kopplas ur",phases_when_measured:"stoppas och växlas så snart mätarna mäter igen",phases_next:"stoppas, växlas och startar igen när dess minimum får plats"}};var Fn={card:{name:"Fusebox",description:"Fases, cargas y el día, de un vistazo",state_ok:"Todo va bien",state_limited:"Hay cargas limitadas",state_over:"Demasiado en un circuito",state_blind:"El contador no responde",state_fault:"Una carga tiene un fallo",state_config_error:"CONFIG tiene un error",state_dry_run:"Prueba: no se manda nada",state_missing:"Fusebox no funciona",state_starting:"Home Assistant arranca",state_unreachable:"Sin conexión con Home Assistant",status_charging:"cargando",status_waiting:"esperando",status_paused:"en pausa",status_full:"llena",status_unplugged:"desenchufada",status_on:"encendida",status_off:"apagada",status_blind:"sin medida",status_fault:"fallo",status_switching:"cambia de fases",status_unavailable:"no disponible",mode_standard:"Estándar",mode_continuous:"Siempre",mode_solar_priority:"Sol primero",mode_solar_only:"Solo sol",mode_excess:"Excedente",mode_off:"Apagado",mode_normal:"Normal",mode_boost:"Boost",sun:"Sol",battery:"Batería",battery_in:"se carga",battery_out:"se descarga",grid:"Red",house:"Casa",export:"Vertido",free:"libre",over:"de más",of_fuse:"de {0}",may_have:"puede tener {0}",phase_count:"{0} fases",one_phase:"1 fase",mode:"Modo",boost:"Boost",at_most:"Como máximo",session:"esta sesión",confirmed:"Hecho",pending:"Enviado …",late:"El aparato aún no lo muestra",no_loads:"Aún no hay cargas. Nombradas en CONFIG, aparecen aquí.",versions:"Esta tarjeta es la versión {0}, los scripts son {1}. Instala ambos de la misma versión y recarga la página.",not_running:"No existe sensor.fusebox_site. Mire el registro de pyscript o llame a pyscript.fusebox_setup.",today:"Hoy",total:"Total",no_history:"Aún no hay nada grabado",old:"datos de hace {0} min",target:"objetivo",fuse:"fusible",price:"precio",now:"ahora",window:"Estos {0} minutos",window_left:"quedan {0} min",month_peak:"Pico del mes",radiators:"Radiadores",rad_on:"encendido",rad_waits:"espera",rad_warm:"caliente",event_limited:"limitado",event_shed:"parado",event_blind:"sin medida",event_recovered:"resuelto",event_escalated:"revisar",phases:"Fases",ready_by:"Listo a las",how_much:"Cuánto",unit:"Unidad",set_plan:"Planificar",clear_plan:"Borrar",plan_none:"sin plan",plan_waiting:"previsto",plan_running:"plan en marcha",plan_done:"plan cumplido",plan_late:"plan con retraso",edit_title:"Título",edit_hours:"Horas del pasado",edit_hide_today:"Sin la imagen del día",edit_controls:"Mandos de las cargas",controls_auto:"abiertos si hay pocas cargas",controls_always:"siempre abiertos",controls_tap:"abiertos al tocar"},values:{energy:{sun:"sol",excess:"excedente","own power (allow_grid_charging is off)":"energía propia (allow_grid_charging está desactivado)"},circuit:{main:"fusible principal","*":"fusible *"},limit:{main:"fusible principal",tariff:"tarifa",dimmed:"distribuidora (reducción)",contract:"límite de consumo de red",imbalance:"límite de desequilibrio",solar:"excedente solar",excess:"excedente","grid charging off":"energía propia","*":"fusible *"}},reasons:{limited_by_fuse:"[necesita {min_a} A, ]limitada[ a {share_a} A] por el {circuit} ({phase}, {rating_a} A): [{loads}, ]casa {house_a} A",limited_by_fuse_peak:"[necesita {min_a} A, ]limitada[ a {share_a} A] por el {circuit} ({phase}, {rating_a} A): [{loads}, ]pico de la casa {house_a} A",limited_by_cycling:"[necesita {min_a} A, ]limitada[ a {share_a} A] ({limit}): {cycling_a} A quedan libres para un aparato que se enciende y apaga, como un horno o una placa[, {loads}]",limited_by_unmetered_fuse:"[necesita {min_a} A, ]limitada[ a {share_a} A] por el {circuit} ({phase}, {rating_a} A)[: {loads}]",limited_by_reserve:"[necesita {min_a} A, ]limitada[ a {share_a} A] por el {circuit} ({phase}, {rating_a} A): [{loads}, ]{reserved_a} A reservados para {reserved_for}, que ahora no se puede controlar",limited_by_contract:"[necesita {min_a} A, ]limitada[ a {share_a} A] por el límite de consumo de red de {limit_kw} kW: [{loads}, ]casa {house_kw} kW",limited_by_imbalance:"[necesita {min_a} A, ]limitada[ a {share_a} A] por el límite de desequilibrio: {heavy} como máximo {rating_a} A por encima de {light}, donde las cargas toman {light_a} A[; {loads}]",limited_by_tariff:"[necesita {min_a} A, ]limitada[ a {share_a} A] por la tarifa ({limit_kw} kW de media hasta las {until}): [{loads}, ]casa {house_kw} kW",limited_by_tariff_unseen:"[necesita {min_a} A, ]limitada[ a {share_a} A] por la tarifa ({limit_kw} kW de media hasta las {until}; consumo desconocido antes de las {unseen_until}): [{loads}, ]casa {house_kw} kW",limited_by_contract_band:"[necesita {min_a} A, ]limitada[ a {share_a} A] por el contrato de {limit_kw} kW (se tolera un 10 % más): [{loads}, ]casa {house_kw} kW",limited_by_dimming:"[necesita {min_a} A, ]limitada[ a {share_a} A] por la distribuidora, que reduce las cargas gestionables a {rating_a} A entre todas las fases[: {loads}]",limited_by_unknown_dimming:"[necesita {min_a} A, ]limitada[ a {share_a} A] por un relé de reducción de estado desconocido: {rating_a} A entre todas las fases para las cargas gestionables[; {loads}]",limited_by_surplus:"[necesita {min_a} A, ]limitada[ a {share_a} A] por el excedente solar de {room_kw} kW[: {loads}]",limited_by_surplus_and_battery:"[necesita {min_a} A, ]limitada[ a {share_a} A] por el excedente solar y lo que puede dar la batería, {room_kw} kW[: {loads}]",limited_by_excess:"[necesita {min_a} A, ]limitada[ a {share_a} A] por el vertido por encima de {threshold_kw} kW, que es de {room_kw} kW[: {loads}]",limited_by_own_power:"[necesita {min_a} A, ]limitada[ a {share_a} A] por la energía propia, {room_kw} kW, porque allow_grid_charging está desactivado[: {loads}]",limited_by_unknown_surplus:"[necesita {min_a} A, ]limitada[ a {share_a} A] por el excedente solar: falta una medida desde hace demasiado",limited_by_unknown_battery:"[necesita {min_a} A, ]limitada[ a {share_a} A] por el excedente solar: se desconoce el nivel de la batería",limited_by_battery_first:"[necesita {min_a} A, ]limitada[ a {share_a} A] por el excedente solar, que va primero entero a la batería ({soc_pct} % de {target_pct} %)",limited_by_battery_reserve:"[necesita {min_a} A, ]limitada[ a {share_a} A] por el excedente solar a partir de {reserve_kw} kW para la batería ({soc_pct} % de {target_pct} %): {room_kw} kW[, {loads}]",limited_by_battery_draw:"[necesita {min_a} A, ]limitada[ a {share_a} A] por el excedente solar a partir de los {battery_kw} kW que toma la batería ({soc_pct} % de {target_pct} %): {room_kw} kW[, {loads}]",waits_for_energy:"espera {energy}: {free_kw} kW de excedente[ en {phase}][ por encima de {threshold_kw} kW], necesita {need_kw} kW[ en {phases} fases][; {loads}]",waits_for_energy_w:"espera {energy}: {free_w} W de excedente[ en {phase}][ por encima de {threshold_kw} kW], necesita {need_w} W[ en {phases} fases][; {loads}]",waits_for_lasting_energy:"espera {energy} que dure y que otras cargas no usen[: {loads}]",waits_for_known_energy:"espera {energy}: falta una medida del excedente desde hace demasiado",waits_for_known_battery:"espera {energy}: se desconoce el nivel de la batería",waits_behind_battery:"espera {energy}: {free_kw} kW de excedente[ en {phase}][ por encima de {threshold_kw} kW], necesita {need_kw} kW[ en {phases} fases]; la batería se carga primero ({soc_pct} % de {target_pct} %)",stopped_for_disobeying:"apagada: no respeta su corriente mientras hay sobrecarga ({limit})",stopped_by_switch_alone:"apagada: no se puede ajustar su corriente mientras hay sobrecarga ({limit})",on_by_hand:"encendida a mano",minimum_on_time:"sigue encendida al menos {min_on_s} s",runs_until_blocked:"funciona hasta que actúe el bloqueo",pump_block_used_up:"ya ha estado bloqueada lo máximo permitido en un día",held_while_unmeasured:"mantenida en su mínimo, medida incompleta ({limit})",stays_on_by_energy_left:"sigue encendida, se tolera un rato más ({limit})",held_by_fuse:"mantenida en {min_a} A ({limit}), {used_pct} % del margen de sobrecarga gastado",held_by_limit:"mantenida en {min_a} A ({limit}), se tolera un rato",kept_without_energy:"sigue encendida sin suficiente {energy}, se apaga a las {until}",held_without_energy:"mantenida en {min_a} A sin suficiente {energy}, para a las {until}",kept_while_others_go_first:"sigue encendida aunque otras van primero ({energy}), se apaga a las {until}",waits_for_temperature:"espera una medida de temperatura",pump_stays_blocked:"sigue bloqueada hasta las {until}",minimum_off_time:"apagada hasta las {until}: descansa tras una parada (min_off_s)",minimum_off_time_doubled:"apagada hasta las {until}: descansa tras una parada (min_off_s), más tiempo tras varias paradas ({limit})",started_once_today:"hoy ya ha arrancado una vez",starts_used_up:"hoy ya ha arrancado {starts} veces",fuse_cools_down:"en pausa hasta que se enfríe el fusible ({limit})",paused_until_it_fits:"en pausa hasta que su mínimo quepa durante {pause_min} min",paused_by_until_it_fits:"en pausa ({limit}) hasta que su mínimo quepa durante {pause_min} min",paused_until:"en pausa al menos hasta las {until}",paused_by_until:"en pausa ({limit}) al menos hasta las {until}",would_soon_stop:"espera: pronto tendría que parar otra vez ({limit})",energy_must_last:"suficiente {energy}, arranca a las {until} si se mantiene",energy_must_last_longer:"suficiente {energy}, arranca a las {until} si se mantiene; ya faltó {stops} veces en los últimos {window_min} minutos",room_must_last:"arranca cuando su mínimo haya cabido durante {watch_s} s: otras tendrían que ceder",waits_its_turn:"espera como mucho hasta las {until}: cargar costaría a {losers} más de lo que aporta",turn_starts_at:"arranca a las {until}, salvo que cargar vuelva a costar a otras más de lo que aporta",setting_missing:"no sube: {text}",reading_missing:"no sube: falta una medida",reading_late:"en su mínimo como mucho: una medida se retrasa",fail_safe:"modo seguro: un medidor no responde o está bloqueado",limit_unmeasured:"no sube, medida incompleta ({limit})",limit_exceeded:"no sube: límite superado ({limit})",limit_watched_first:"{limit}: se observa durante {watch_s} s antes de subir nada",next_command_due:"sube con la próxima orden: como mucho una cada {min_write_s} s",last_raise_unseen:"sube de nuevo cuando el medidor deba haber visto la última subida",next_reading_awaited:"sube con la próxima medida",room_not_lasting:"espera a que el margen se mantenga",leaves_room_to_start:"deja margen para que arranque {loads}",phases_switching:"cambiando de fases",phases_wait_for_meters:"arranca en otras fases cuando los medidores vuelvan a medir",phases_wait_for_room:"arranca en otras fases cuando quepa su mínimo",phases_wait_for_trial:"espera la prueba en una fase: si siguiera en tres, habría sobrecarga ({limit})",phases_unmeasured:"en su mínimo hasta que se midan sus fases",all_it_can_use:"tiene todo lo que puede usar",rising:"subiendo",mode_off:"el modo es Apagado",maximum_below_minimum:"su máximo de {max_a} A está por debajo de su mínimo de {min_a} A",off_by_hand:"apagada a mano",set_below_minimum_by_hand:"ajustada a mano a {limit_a} A, funciona a partir de {min_a} A",unavailable:"su entidad de control no está disponible",device_fault:"el aparato comunica un fallo",car_full:"el coche está lleno",no_car:"no hay ningún coche conectado",not_allowed_to_charge:"el cargador no permite cargar ahora",device_reports:"{text}",cannot_be_paused:"no se puede pausar: no tiene interruptor y su corriente empieza en {min_a} A",tank_below_minimum:"a {temperature_c} °C, por debajo de su mínimo de {minimum_c} °C",tank_hygiene:"a {temperature_c} °C, ciclo antilegionela: {left_min} min más a {hygiene_c} °C",tank_heats:"a {temperature_c} °C, calienta hasta {target_c} °C",tank_hot_enough:"a {temperature_c} °C, ya caliente, vuelve a calentar por debajo de {again_c} °C",tank_off:"a {temperature_c} °C, el modo es Apagado",tank_thermostat_open:"a {temperature_c} °C, su propio termostato ha cortado a {cut_c} °C",tank_waits_for_thermometer:"no calienta hasta que se conozca la temperatura",tank_blind_thermostat_open:"su propio termostato ha cortado",tank_hour_used:"ya ha tenido su hora de calentar de cada ocho",tank_hour_given:"ahora puede calentar una hora, una de cada ocho",pump_off:"el modo es Apagado: los dos relés quedan abiertos",pump_blocked:"bloqueada {blocked_min} min en las últimas 24 h",pump_recommended:"marcha recomendada por su excedente",pump_forced:"marcha forzada por su excedente",ignores_limit:"no respeta su límite: toma {draw_a} A con {set_a} A ajustados; reinicia el aparato y comprueba que nada más lo controla",relays_ignore_limit:"no respeta su límite: toma {draw_a} A con {set_a} A ajustados; comprueba que sus relés responden y que nada más los conmuta",ignored_limit:"no respetó su límite: tomó {draw_a} A, más de lo ajustado; reinicia el aparato y comprueba que nada más lo controla",relays_ignored_limit:"no respetó su límite: tomó {draw_a} A, más de lo ajustado; comprueba que sus relés responden y que nada más los conmuta",current_not_taken:"no acepta su corriente: muestra {shown_a} A, se envió {sent_a} A; comprueba que el aparato está en línea y que nada más lo controla",current_not_displayed:"no acepta su corriente: no muestra nada, se envió {sent_a} A; comprueba que el aparato está en línea y que nada más lo controla",on_not_taken:"no conmuta: se encendió; comprueba que el aparato está en línea y que nada más lo controla",off_not_taken:"no conmuta: se apagó; comprueba que el aparato está en línea y que nada más lo controla",one_phase_by_limit:"en una fase: solo quedan {left_a} A ({limit})",one_phase_by_energy:"en una fase: no hay suficiente {energy} para tres",one_phase_by_others:"en una fase: tres pararían otra carga",one_phase_by_hand:"en una fase: elegido a mano",one_phase_until_next_car:"en una fase hasta que se vuelva a enchufar el coche",one_phase_session_used_up:"en una fase: ya {switches} de {most} cambios en esta sesión",one_phase_day_used_up:"en una fase: ya {switches} de {most} cambios hoy",one_phase_gains_nothing:"en una fase: tres no darían más",one_phase_until:"en una fase hasta las {until}, luego en tres si sigue habiendo suficiente",three_phases_by_hand:"en tres fases: elegido a mano",three_phases_for_more:"en tres fases: una no puede usar todo lo que hay libre",three_phases_by_limit:"en tres fases: queda muy poco para una ({limit})",phases_not_switchable:"el cargador no ha comunicado que pueda cambiar de fases (ConnectorSwitch3to1PhaseSupported)",phases_not_stopped:"fases sin cambiar: sigue cargando aunque no se le ofrece corriente[ ({failures} fallos, no se reintenta hasta desenchufar el coche)]",phases_stop_unseen:"fases sin cambiar: no comunica que ha parado[ ({failures} fallos, no se reintenta hasta desenchufar el coche)]",phases_not_taken:"fases sin cambiar: ajustado a {set_phases} fase(s), muestra {shown_phases} fase(s)[ ({failures} fallos, no se reintenta hasta desenchufar el coche)]",phases_more_than_one:"carga en más fases que la única ajustada[ ({failures} fallos, no se reintenta hasta desenchufar el coche)]",phases_not_back:"no ha vuelto a tres fases[ ({failures} fallos, no se reintenta hasta desenchufar el coche)]",phases_without_charger:"el cargador no está disponible o tiene un fallo; inténtalo cuando vuelva",phases_without_car:"no hay coche conectado, y la elección solo vale mientras siga conectado",phases_without_stop:"nada puede parar la carga, y nunca se cambia de fases con corriente; indica un interruptor en CONFIG",phases_failed:"dos cambios fallidos; desenchufa el coche para que se vuelva a intentar",phases_switching_already:"ya se está cambiando; vuelve a elegir después si quieres otras fases",phases_as_set:"ya carga en estas fases y sigue así hasta que se desenchufe el coche",phases_when_measured:"se para y se cambia en cuanto los medidores vuelvan a medir",phases_next:"se para, se cambia y arranca de nuevo cuando quepa su mínimo"}};var Un={card:{name:"Fusebox",description:"Phases, charges et journée, d’un coup d’œil",state_ok:"Tout va bien",state_limited:"Des charges sont limitées",state_over:"Trop sur un circuit",state_blind:"Le compteur est muet",state_fault:"Une charge est en défaut",state_config_error:"CONFIG contient une erreur",state_dry_run:"À blanc : rien n’est commandé",state_missing:"Fusebox ne tourne pas",state_starting:"Home Assistant démarre",state_unreachable:"Pas de connexion à Home Assistant",status_charging:"charge",status_waiting:"attend",status_paused:"en pause",status_full:"pleine",status_unplugged:"débranchée",status_on:"en marche",status_off:"arrêtée",status_blind:"sans mesure",status_fault:"en défaut",status_switching:"change de phases",status_unavailable:"indisponible",mode_standard:"Standard",mode_continuous:"Toujours",mode_solar_priority:"Soleil d’abord",mode_solar_only:"Soleil seul",mode_excess:"Excédent",mode_off:"Arrêt",mode_normal:"Normal",mode_boost:"Boost",sun:"Soleil",battery:"Batterie",battery_in:"se charge",battery_out:"se décharge",grid:"Réseau",house:"Maison",export:"Injection",free:"libre",over:"trop",of_fuse:"sur {0}",may_have:"a droit à {0}",phase_count:"{0} phases",one_phase:"1 phase",mode:"Mode",boost:"Boost",at_most:"Au plus",session:"cette session",confirmed:"C’est fait",pending:"Envoyé …",late:"L’appareil ne le montre pas encore",no_loads:"Pas encore de charges. Nommées dans CONFIG, elles apparaissent ici.",versions:"Cette carte est en version {0}, les scripts en {1}. Installez les deux depuis la même version, puis rechargez la page.",not_running:"sensor.fusebox_site n’existe pas. Voir le journal de pyscript, ou appeler pyscript.fusebox_setup.",today:"Aujourd’hui",total:"Total",no_history:"Rien n’est encore enregistré",old:"chiffres d'il y a {0} min",target:"objectif",fuse:"fusible",price:"prix",now:"maintenant",window:"Ces {0} minutes",window_left:"encore {0} min",month_peak:"Pointe du mois",radiators:"Radiateurs",rad_on:"allumé",rad_waits:"attend",rad_warm:"assez chaud",event_limited:"limité",event_shed:"arrêté",event_blind:"sans mesure",event_recovered:"rétabli",event_escalated:"à voir",phases:"Phases",ready_by:"Prêt à",how_much:"Combien",unit:"Unité",set_plan:"Planifier",clear_plan:"Effacer",plan_none:"pas de plan",plan_waiting:"prévu",plan_running:"plan en cours",plan_done:"plan accompli",plan_late:"plan en retard",edit_title:"Titre",edit_hours:"Heures passées",edit_hide_today:"Sans l’image de la journée",edit_controls:"Commandes des charges",controls_auto:"ouvertes s’il y a peu de charges",controls_always:"toujours ouvertes",controls_tap:"ouvertes au toucher"},values:{energy:{sun:"soleil",excess:"excédent","own power (allow_grid_charging is off)":"courant propre (allow_grid_charging est désactivé)"},circuit:{main:"fusible principal","*":"fusible *"},limit:{main:"fusible principal",tariff:"tarif",dimmed:"gestionnaire de réseau (délestage)",contract:"limite de soutirage",imbalance:"limite de déséquilibre",solar:"surplus solaire",excess:"excédent","grid charging off":"courant propre","*":"fusible *"}},reasons:{limited_by_fuse:"[demande {min_a} A, ]limitée[ à {share_a} A] par le {circuit} ({phase}, {rating_a} A) : [{loads}, ]maison {house_a} A",limited_by_fuse_peak:"[demande {min_a} A, ]limitée[ à {share_a} A] par le {circuit} ({phase}, {rating_a} A) : [{loads}, ]pointe de la maison {house_a} A",limited_by_cycling:"[demande {min_a} A, ]limitée[ à {share_a} A] ({limit}) : {cycling_a} A restent libres pour un appareil qui s’allume par intermittence, comme un four ou une plaque[, {loads}]",limited_by_unmetered_fuse:"[demande {min_a} A, ]limitée[ à {share_a} A] par le {circuit} ({phase}, {rating_a} A)[ : {loads}]",limited_by_reserve:"[demande {min_a} A, ]limitée[ à {share_a} A] par le {circuit} ({phase}, {rating_a} A) : [{loads}, ]{reserved_a} A réservés à {reserved_for}, non pilotable pour l’instant",limited_by_contract:"[demande {min_a} A, ]limitée[ à {share_a} A] par la limite de soutirage de {limit_kw} kW : [{loads}, ]maison {house_kw} kW",limited_by_imbalance:"[demande {min_a} A, ]limitée[ à {share_a} A] par la limite de déséquilibre : {heavy} au plus {rating_a} A au-dessus de {light}, où les charges prennent {light_a} A[ ; {loads}]",limited_by_tariff:"[demande {min_a} A, ]limitée[ à {share_a} A] par le tarif ({limit_kw} kW en moyenne jusqu’à {until}) : [{loads}, ]maison {house_kw} kW",limited_by_tariff_unseen:"[demande {min_a} A, ]limitée[ à {share_a} A] par le tarif ({limit_kw} kW en moyenne jusqu’à {until} ; soutirage inconnu avant {unseen_until}) : [{loads}, ]maison {house_kw} kW",limited_by_contract_band:"[demande {min_a} A, ]limitée[ à {share_a} A] par le contrat de {limit_kw} kW (10 % de plus sont tolérés) : [{loads}, ]maison {house_kw} kW",limited_by_dimming:"[demande {min_a} A, ]limitée[ à {share_a} A] par le gestionnaire de réseau, qui réduit les charges pilotables à {rating_a} A sur l’ensemble des phases[ : {loads}]",limited_by_unknown_dimming:"[demande {min_a} A, ]limitée[ à {share_a} A] par un relais de délestage dont l’état est inconnu : {rating_a} A sur l’ensemble des phases pour les charges pilotables[ ; {loads}]",limited_by_surplus:"[demande {min_a} A, ]limitée[ à {share_a} A] par le surplus solaire de {room_kw} kW[ : {loads}]",limited_by_surplus_and_battery:"[demande {min_a} A, ]limitée[ à {share_a} A] par le surplus solaire et ce que la batterie peut fournir, {room_kw} kW[ : {loads}]",limited_by_excess:"[demande {min_a} A, ]limitée[ à {share_a} A] par l’injection au-delà de {threshold_kw} kW, soit {room_kw} kW[ : {loads}]",limited_by_own_power:"[demande {min_a} A, ]limitée[ à {share_a} A] par le courant propre, {room_kw} kW, car allow_grid_charging est désactivé[ : {loads}]",limited_by_unknown_surplus:"[demande {min_a} A, ]limitée[ à {share_a} A] par le surplus solaire : une mesure manque depuis trop longtemps",limited_by_unknown_battery:"[demande {min_a} A, ]limitée[ à {share_a} A] par le surplus solaire : niveau de la batterie inconnu",limited_by_battery_first:"[demande {min_a} A, ]limitée[ à {share_a} A] par le surplus solaire, qui charge d’abord la batterie ({soc_pct} % sur {target_pct} %)",limited_by_battery_reserve:"[demande {min_a} A, ]limitée[ à {share_a} A] par le surplus solaire au-delà de {reserve_kw} kW pour la batterie ({soc_pct} % sur {target_pct} %) : {room_kw} kW[, {loads}]",limited_by_battery_draw:"[demande {min_a} A, ]limitée[ à {share_a} A] par le surplus solaire au-delà des {battery_kw} kW que prend la batterie ({soc_pct} % sur {target_pct} %) : {room_kw} kW[, {loads}]",waits_for_energy:"attend ({energy}) : {free_kw} kW de surplus[ sur {phase}][ au-delà de {threshold_kw} kW], il faut {need_kw} kW[ sur {phases} phases][ ; {loads}]",waits_for_energy_w:"attend ({energy}) : {free_w} W de surplus[ sur {phase}][ au-delà de {threshold_kw} kW], il faut {need_w} W[ sur {phases} phases][ ; {loads}]",waits_for_lasting_energy:"attend ({energy}) qu’il en reste assez durablement[ : {loads}]",waits_for_known_energy:"attend ({energy}) : une mesure du surplus manque depuis trop longtemps",waits_for_known_battery:"attend ({energy}) : niveau de la batterie inconnu",waits_behind_battery:"attend ({energy}) : {free_kw} kW de surplus[ sur {phase}][ au-delà de {threshold_kw} kW], il faut {need_kw} kW[ sur {phases} phases] ; la batterie se charge d’abord ({soc_pct} % sur {target_pct} %)",stopped_for_disobeying:"coupée : ne respecte pas son courant pendant une surcharge ({limit})",stopped_by_switch_alone:"coupée : courant non réglable pendant une surcharge ({limit})",on_by_hand:"allumée à la main",minimum_on_time:"reste en marche au moins {min_on_s} s",runs_until_blocked:"fonctionne jusqu’à ce que le blocage agisse",pump_block_used_up:"déjà bloquée aussi longtemps qu’un jour le permet",held_while_unmeasured:"maintenue au minimum, mesure incomplète ({limit})",stays_on_by_energy_left:"reste en marche, toléré encore un moment ({limit})",held_by_fuse:"maintenue à {min_a} A ({limit}), {used_pct} % de la marge de surcharge utilisés",held_by_limit:"maintenue à {min_a} A ({limit}), toléré un moment",kept_without_energy:"reste en marche faute de mieux ({energy}), s’arrête à {until}",held_without_energy:"maintenue à {min_a} A faute de mieux ({energy}), s’arrête à {until}",kept_while_others_go_first:"reste en marche bien que d’autres passent avant ({energy}), s’arrête à {until}",waits_for_temperature:"attend une mesure de température",pump_stays_blocked:"reste bloquée jusqu’à {until}",minimum_off_time:"reste arrêtée jusqu’à {until} : repos après un arrêt (min_off_s)",minimum_off_time_doubled:"reste arrêtée jusqu’à {until} : repos après un arrêt (min_off_s), prolongé après plusieurs arrêts ({limit})",started_once_today:"a déjà démarré une fois aujourd’hui",starts_used_up:"a déjà démarré {starts} fois aujourd’hui",fuse_cools_down:"en pause, le temps du refroidissement ({limit})",paused_until_it_fits:"en pause jusqu’à ce que son minimum tienne pendant {pause_min} min",paused_by_until_it_fits:"en pause ({limit}) jusqu’à ce que son minimum tienne pendant {pause_min} min",paused_until:"en pause au moins jusqu’à {until}",paused_by_until:"en pause ({limit}) au moins jusqu’à {until}",would_soon_stop:"attend : serait vite arrêtée de nouveau ({limit})",energy_must_last:"assez ({energy}), démarre à {until} si cela dure",energy_must_last_longer:"assez ({energy}), démarre à {until} si cela dure ; en a manqué {stops} fois ces {window_min} dernières minutes",room_must_last:"démarre quand son minimum aura tenu {watch_s} s : d’autres devraient céder leur place",waits_its_turn:"attend jusqu’à {until} au plus tard : charger coûterait à {losers} plus que le gain",turn_starts_at:"démarre à {until}, sauf si charger coûte de nouveau aux autres plus que le gain",setting_missing:"pas augmentée : {text}",reading_missing:"pas augmentée : une mesure manque",reading_late:"au minimum tout au plus : une mesure tarde",fail_safe:"repli de sécurité : un compteur est muet ou figé",limit_unmeasured:"pas augmentée, mesure incomplète ({limit})",limit_exceeded:"pas augmentée : dépassement ({limit})",limit_watched_first:"{limit} : observation pendant {watch_s} s avant toute hausse",next_command_due:"augmente à la prochaine commande : au plus une toutes les {min_write_s} s",last_raise_unseen:"augmente encore dès que le compteur aura dû mesurer la dernière hausse",next_reading_awaited:"augmente à la prochaine mesure",room_not_lasting:"attend que la marge soit durable",leaves_room_to_start:"laisse {loads} démarrer",phases_switching:"changement de phases en cours",phases_wait_for_meters:"démarre sur d’autres phases dès que les compteurs mesurent de nouveau",phases_wait_for_room:"démarre sur d’autres phases dès que son minimum tient",phases_wait_for_trial:"attend l’essai sur une phase : sur trois, il y aurait surcharge ({limit})",phases_unmeasured:"au minimum tant que ses phases ne sont pas mesurées",all_it_can_use:"a tout ce qu’elle peut utiliser",rising:"augmente",mode_off:"le mode est sur Arrêt",maximum_below_minimum:"son maximum de {max_a} A est inférieur à son minimum de {min_a} A",off_by_hand:"arrêtée à la main",set_below_minimum_by_hand:"réglée à la main sur {limit_a} A, ne fonctionne qu’à partir de {min_a} A",unavailable:"son entité de commande est indisponible",device_fault:"l’appareil signale un défaut",car_full:"la voiture est pleine",no_car:"aucune voiture branchée",not_allowed_to_charge:"la borne n’autorise pas la charge en ce moment",device_reports:"{text}",cannot_be_paused:"ne peut pas être mise en pause : pas d’interrupteur, et le courant commence à {min_a} A",tank_below_minimum:"à {temperature_c} °C, sous son minimum de {minimum_c} °C",tank_hygiene:"à {temperature_c} °C, cycle anti-légionelles : encore {left_min} min à {hygiene_c} °C",tank_heats:"à {temperature_c} °C, chauffe jusqu’à {target_c} °C",tank_hot_enough:"à {temperature_c} °C, assez chaud, chauffe de nouveau sous {again_c} °C",tank_off:"à {temperature_c} °C, le mode est sur Arrêt",tank_thermostat_open:"à {temperature_c} °C, son propre thermostat a coupé à {cut_c} °C",tank_waits_for_thermometer:"ne chauffe pas tant que la température est inconnue",tank_blind_thermostat_open:"son propre thermostat a coupé",tank_hour_used:"a déjà eu son heure de chauffe sur huit",tank_hour_given:"reçoit une heure de chauffe sur huit",pump_off:"le mode est sur Arrêt : les deux relais restent ouverts",pump_blocked:"bloquée {blocked_min} min sur les dernières 24 h",pump_recommended:"marche recommandée grâce au surplus",pump_forced:"marche forcée grâce au surplus",ignores_limit:"ignore sa limite : prend {draw_a} A pour {set_a} A réglés ; redémarrez l’appareil et vérifiez que rien d’autre ne le pilote",relays_ignore_limit:"ignore sa limite : prend {draw_a} A pour {set_a} A réglés ; vérifiez que ses relais répondent et que rien d’autre ne les commute",ignored_limit:"a ignoré sa limite : a pris {draw_a} A, plus que réglé ; redémarrez l’appareil et vérifiez que rien d’autre ne le pilote",relays_ignored_limit:"a ignoré sa limite : a pris {draw_a} A, plus que réglé ; vérifiez que ses relais répondent et que rien d’autre ne les commute",current_not_taken:"n’applique pas son courant : affiche {shown_a} A pour {sent_a} A envoyés ; vérifiez que l’appareil est en ligne et que rien d’autre ne le pilote",current_not_displayed:"n’applique pas son courant : n’affiche rien pour {sent_a} A envoyés ; vérifiez que l’appareil est en ligne et que rien d’autre ne le pilote",on_not_taken:"ne commute pas : mise en marche demandée ; vérifiez que l’appareil est en ligne et que rien d’autre ne le pilote",off_not_taken:"ne commute pas : arrêt demandé ; vérifiez que l’appareil est en ligne et que rien d’autre ne le pilote",one_phase_by_limit:"sur une phase : il ne reste que {left_a} A ({limit})",one_phase_by_energy:"sur une phase : pas assez pour trois ({energy})",one_phase_by_others:"sur une phase : trois arrêteraient une autre charge",one_phase_by_hand:"sur une phase : choisi à la main",one_phase_until_next_car:"sur une phase jusqu’à ce que la voiture soit rebranchée",one_phase_session_used_up:"sur une phase : déjà {switches} changements sur {most} dans cette session",one_phase_day_used_up:"sur une phase : déjà {switches} changements sur {most} aujourd’hui",one_phase_gains_nothing:"sur une phase : trois n’apporteraient rien de plus",one_phase_until:"sur une phase jusqu’à {until}, puis sur trois s’il y a encore assez",three_phases_by_hand:"sur trois phases : choisi à la main",three_phases_for_more:"sur trois phases : une seule ne peut pas prendre tout ce qui est libre",three_phases_by_limit:"sur trois phases : trop peu pour une seule ({limit})",phases_not_switchable:"la borne n’a pas signalé qu’elle sait changer de phases (ConnectorSwitch3to1PhaseSupported)",phases_not_stopped:"phases non changées : continue de charger alors qu’aucun courant n’est accordé[ ({failures} échecs, nouvel essai après débranchement)]",phases_stop_unseen:"phases non changées : l’arrêt n’est pas confirmé[ ({failures} échecs, nouvel essai après débranchement)]",phases_not_taken:"phases non changées : réglée en {set_phases} phase(s), affiche {shown_phases} phase(s)[ ({failures} échecs, nouvel essai après débranchement)]",phases_more_than_one:"charge sur plus que la seule phase réglée[ ({failures} échecs, nouvel essai après débranchement)]",phases_not_back:"n’est pas revenue sur trois phases[ ({failures} échecs, nouvel essai après débranchement)]",phases_without_charger:"la borne est indisponible ou en défaut ; réessayez à son retour",phases_without_car:"aucune voiture branchée, et un choix ne vaut que tant qu’elle reste",phases_without_stop:"rien ne peut arrêter la charge, et on ne change jamais de phases sous courant ; indiquez un interrupteur dans CONFIG",phases_failed:"deux échecs ; débranchez la voiture pour un nouvel essai",phases_switching_already:"changement déjà en cours ; refaites votre choix ensuite si vous voulez d’autres phases",phases_as_set:"charge déjà sur ces phases, et y reste jusqu’au débranchement",phases_when_measured:"arrêt et changement dès que les compteurs mesurent de nouveau",phases_next:"arrêt, changement, puis reprise dès que son minimum tient"}};var Kn={...ct,values:{},reasons:{}},Bn={da:qn,de:Ln,en:Kn,es:Fn,fr:Un,nb:qe,nl:Nn,no:qe,nn:qe,sv:In},Dn=new Map;function ge(t){let e=Dn.get(t)??vs(t);return Dn.set(t,e),e}function vs(t){let e=Bn[t]??Bn[t.split("-")[0]??""]??Kn;return Object.assign((a,...s)=>e.card[a].replace(/\{(\d)\}/g,(r,i)=>String(s[Number(i)]??"")),{language:e})}function E(t,e,n){let a=`${e}_${n}`;return a in ct.card?t(a):n.replaceAll("_"," ")}function Gn(t){let e=ge(t),n=["auto","always","tap"].map(a=>({value:a,label:e(`controls_${a}`)}));return{schema:[{name:"title",selector:{text:{}}},{name:"controls",selector:{select:{mode:"dropdown",options:n}}},{name:"hours",selector:{number:{min:1,max:48,mode:"box"}}},{name:"hide_today",selector:{boolean:{}}}],computeLabel:a=>e(`edit_${a.name}`)}}var Vn=new Map;function w(t,e){Vn.set(t,e),customElements.get(t)===void 0&&customElements.define(t,e)}var ws=6e4,As=50;function Yn(){let t=window.customElements,e=setInterval(()=>{if(window.customElements!==t)for(let[n,a]of Vn)w(n,a);else if(performance.now()<ws)return;clearInterval(e)},As)}var A=g`
  :host {
    display: block;
    --fb-house: #858b96;
    --fb-text: var(--primary-text-color, #212121);
    --fb-dim: var(--secondary-text-color, #727272);
    --fb-line: var(--divider-color, #e0e0e0);
    --fb-card: var(--ha-card-background, var(--card-background-color, #fff));
    --fb-track: color-mix(in srgb, var(--fb-text) 8%, transparent);
    --fb-accent: var(--primary-color, #03a9f4);
    --fb-bad: var(--error-color, #db4437);
    --fb-warn: var(--warning-color, #ffa600);
    --fb-good: var(--success-color, #43a047);
    color: var(--fb-text);
    font-size: 14px;
    line-height: 1.4;
    font-variant-numeric: tabular-nums;
  }
  h3 {
    margin: 0;
    font-size: 15px;
    font-weight: 500;
  }
  p {
    margin: 0;
  }
  .dim {
    color: var(--fb-dim);
  }
  .number {
    text-align: right;
    white-space: nowrap;
  }
  button {
    font: inherit;
    color: inherit;
    background: none;
    border: none;
    padding: 0;
    cursor: pointer;
    -webkit-tap-highlight-color: transparent;
  }
  :focus-visible {
    outline: 2px solid var(--fb-accent);
    outline-offset: 2px;
  }
  .choices {
    display: grid;
    grid-auto-flow: column;
    grid-auto-columns: minmax(min-content, 1fr);
    gap: 1px;
    border: 1px solid var(--fb-line);
    border-radius: 10px;
    overflow: hidden;
    background: var(--fb-line);
  }
  .choices.many {
    grid-auto-flow: row;
    grid-template-columns: repeat(3, minmax(min-content, 1fr));
  }
  .choices button {
    min-width: 0;
    min-height: 40px;
    padding: 2px 3px;
    font-size: 12.5px;
    line-height: 1.15;
    hyphens: auto;
    background: var(--fb-card);
    color: var(--fb-dim);
    outline-offset: -3px;
    transition: background-color 0.2s;
  }
  .choices button[aria-pressed="true"] {
    background: color-mix(in srgb, var(--fb-accent) 20%, var(--fb-card));
    color: var(--fb-text);
    font-weight: 600;
  }
  [data-pending] {
    animation: wait 1s ease-in-out infinite alternate;
  }
  @keyframes wait {
    to {
      background-color: color-mix(in srgb, var(--fb-accent) 6%, transparent);
    }
  }
  @media (prefers-reduced-motion: reduce) {
    * {
      animation: none !important;
      transition: none !important;
    }
  }
`;var Zn=new Map;function b(t,e,n){return t===null?"–":Jn(t,e,e,n)}function ht(t,e){return Jn(t,0,3,e)}function Jn(t,e,n,a){let s=`${a} ${e} ${n}`,r=Zn.get(s);r===void 0&&(r=new Intl.NumberFormat(a,{minimumFractionDigits:e,maximumFractionDigits:n}),Zn.set(s,r));let i=Math.round(t*10**n)/10**n;return r.format(i===0?0:i).replace("-","−")}function S(t,e){return`${b(t===null?null:t/1e3,1,e)} kW`}function R(t,e){return`${b(t,1,e)} A`}var Xn=new Map;function K(t,e,n){let a=`${e} ${n??""}`,s=Xn.get(a);return s===void 0&&(s=new Intl.DateTimeFormat(e,{hour:"2-digit",minute:"2-digit",hourCycle:"h23",...n===void 0?{}:{timeZone:n}}),Xn.set(a,s)),s.format(t)}var gt=class extends y{static{this.properties={site:{attribute:!1},flow:{attribute:!1},say:{attribute:!1},language:{}}}static{this.styles=[A,g`
      .bar {
        display: flex;
        gap: 2px;
        height: 14px;
        margin-bottom: 3px;
        border-radius: 7px;
        overflow: hidden;
        background: var(--fb-track);
      }
      .bar span {
        min-width: 0;
        flex: var(--w) 1 0;
        background: var(--c);
        transition: flex-grow 0.6s;
      }
      dl {
        display: grid;
        grid-auto-flow: column;
        grid-auto-columns: minmax(min-content, 1fr);
        gap: 6px;
        margin: 8px 0 0;
      }
      dt {
        display: flex;
        align-items: center;
        gap: 5px;
        font-size: 12.5px;
        white-space: nowrap;
        --mdc-icon-size: 18px;
      }
      dd {
        margin: 0;
        font-size: 16px;
        font-weight: 500;
        white-space: nowrap;
      }
      .does {
        min-height: 1.4em;
        font-size: 12.5px;
        font-weight: normal;
      }
    `]}render(){let e=this.facts(),n=e.map(a=>[a.label,a.level,a.does,a.value].filter(Boolean).join(" ")).join(", ");return u`
      <div role="img" aria-label=${n}>
        ${this.bar(this.flow?.from??[])} ${this.bar(this.flow?.to??[])}
      </div>
      <dl>
        ${e.map(a=>u`<div>
            <dt class="dim" title=${a.label}><ha-icon icon=${a.icon} style="color: ${a.colour}"></ha-icon>${a.level??a.label}</dt>
            <dd>${a.value}</dd>
            ${a.does===void 0?_:u`<dd class="does dim">${a.does}</dd>`}
          </div>`)}
      </dl>
    `}bar(e){let n=a=>a.title||this.say(a.key);return u`<div class="bar">
      ${e.map(a=>u`<span
          style="--c: ${a.key==="export"?Ee(a.colour):a.colour}; --w: ${Math.round(a.watts)}"
          title="${n(a)} ${S(a.watts,this.language)}"
        ></span>`)}
    </div>`}facts(){let{site:e,flow:n,say:a,language:s}=this,r=[];if(e.solarW!==null&&r.push({icon:"mdi:white-balance-sunny",colour:U,label:a("sun"),value:S(Math.max(e.solarW,0),s)}),e.batteryPct!==null||e.batteryW!==null){let d=e.batteryPct===null?a("battery"):`${b(e.batteryPct,0,s)} %`,p=e.batteryW===null?null:Math.abs(e.batteryW),m=fn(e.batteryW),h={in:"mdi:battery-arrow-up",out:"mdi:battery-arrow-down",rests:"mdi:battery-medium"}[m],k=m==="rests"?"":a(m==="in"?"battery_in":"battery_out");r.push({icon:h,colour:m==="in"?B:ae,label:a("battery"),value:S(p,s),level:d,does:k})}r.push({icon:"mdi:home",colour:F,label:a("house"),value:S(n?.houseW??null,s)});let i=n===null?null:xs(n),o=(i??0)<0,l=i===null?null:Math.abs(i);return r.push({icon:"mdi:transmission-tower",colour:o?ne:We,label:a(o?"export":"grid"),value:S(l,s)}),r}};function xs(t){return(t.from.find(n=>n.key==="grid")?.watts??0)-(t.to.find(n=>n.key==="export")?.watts??0)}w("fusebox-card-flow",gt);function M(t,e,n){let{values:a,reasons:s}=e.language,r=s[t.code];if(r===void 0)return t.sentence;let i=Object.fromEntries(Object.entries(t.values).map(([p,m])=>[p,typeof m=="number"?ht(m,n):Ss(p,m,a,n)])),o=p=>Qn(p).every(m=>m in i),l=r.replace(/\[([^[\]]*)\]/g,(p,m)=>o(m)?m:"");if(!o(l))return t.sentence;let d=l.replace(/\{(\w+)\}/g,(p,m)=>i[m]??"");return i.load===void 0||Qn(r).includes("load")?d:`${i.load}: ${d}`}function Qn(t){return[...t.matchAll(/\{(\w+)\}/g)].map(([,e])=>e??"")}var $s=new Set(["load","loads","losers","reserved_for","circuit","limit"]);function Ss(t,e,n,a){let s=$s.has(t)?e.replaceAll("_"," "):e,[,r=s,i=""]=/^(.*?)((?: L[123])+)$/.exec(s)??[],o=n[t]??{},l=o[r]??o["*"]?.replace("*",r);return l!==void 0?l+i:s.replace(/(\d+)\.(\d+)(?= k?W\b| A\b)/g,d=>ht(Number(d),a))}var Os={ok:["mdi:check-circle","good"],limited:["mdi:arrow-collapse-vertical","warn"],starting:["mdi:timer-sand","calm"],dry_run:["mdi:eye-outline","calm"],over:["mdi:flash-alert","bad"],blind:["mdi:eye-off","bad"],fault:["mdi:alert-circle","bad"]},Ms=u`<svg class="bad" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true">
  <g fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round">
    <path d="M4 4l16 16M8.5 15.5a5 5 0 0 1 6.5-.4M5 12a10 10 0 0 1 4-2.5M14 9.2A10 10 0 0 1 19 12" />
    <circle cx="12" cy="19" r="0.8" />
  </g>
</svg>`,ft=class extends y{static{this.properties={site:{attribute:!1},say:{attribute:!1},language:{},heading:{},link:{},age:{attribute:!1},open:{state:!0}}}static{this.styles=[A,g`
      button {
        display: grid;
        grid-template-columns: 28px 1fr 20px;
        gap: 4px 10px;
        width: 100%;
        align-items: center;
        text-align: start;
      }
      .state {
        font-size: 18px;
        font-weight: 500;
        line-height: 1.25;
      }
      .title {
        font-size: 12.5px;
      }
      .age {
        display: block;
        font-size: 13px;
      }
      .reason {
        grid-column: 1 / -1;
        min-height: 1.4em;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .open .reason {
        white-space: normal;
      }
      .good {
        color: var(--fb-good);
      }
      .warn {
        color: var(--fb-warn);
      }
      .bad {
        color: var(--fb-bad);
      }
      .calm {
        color: var(--fb-accent);
      }
      ul {
        margin: 6px 0 0;
        padding-inline-start: 18px;
      }
    `]}render(){let{site:e,say:n,open:a}=this,s=e.state==="missing",r=this.link==="unreachable",i=r||s&&this.link==="starting"?this.link:e.state,[o,l]=Os[i]??["mdi:alert-circle","bad"],d=s?this.link==="whole"?n("not_running"):"":M(e.reason,n,this.language),p=r?Ms:u`<ha-icon class=${l} icon=${o}></ha-icon>`;return u`
      <button
        class=${a||s?"open":""}
        aria-expanded=${a||s?"true":"false"}
        @click=${()=>{this.open=!this.open}}
      >
        ${p}
        <span>
          ${this.heading?u`<span class="title dim">${this.heading}</span><br />`:_}
          <span class="state">${E(n,"state",i)}</span>
          ${this.age===null||this.age.minutes<1?_:u`<span class="age dim">${n("old",this.age.minutes)}</span>`}
        </span>
        <ha-icon class="dim" icon=${a?"mdi:chevron-up":"mdi:chevron-down"}></ha-icon>
        <span class="reason dim">${r?"":d}</span>
      </button>
      ${e.more.length>0&&(a||e.state==="config_error")?u`<ul>
            ${e.more.map(m=>u`<li>${m}</li>`)}
          </ul>`:_}
    `}};w("fusebox-card-head",ft);var Cs={sent:"mdi:timer-sand",taken:"mdi:timer-sand",confirmed:"mdi:check",refused:"mdi:cancel",late:"mdi:timer-alert-outline"},Ws=.05,Es=g`
  .said {
    min-height: 1.4em;
    font-size: 13px;
    --mdc-icon-size: 18px;
  }
  .said [role="status"] {
    display: flex;
    gap: 6px;
  }
`;function Rs(t,e,n,a){let s=zs(t,e);return u`<div class="said">
    ${s===null?u`<span class="dim">${Ts(t,n,a)}</span>`:_}
    <span role="status">
      ${s===null?_:u`<ha-icon icon=${Cs[s.stage]}></ha-icon><span>${js(s,n)}</span>`}
    </span>
  </div>`}function zs(t,e){return an.flatMap(a=>e.get(v(t,a))??[]).sort((a,s)=>s.sinceMs-a.sinceMs)[0]??null}function js({stage:t,sentence:e},n){return t==="refused"?e||n("state_unreachable"):n(t==="confirmed"?"confirmed":t==="late"?"late":"pending")}function Ts(t,e,n){if(t.sessionKwh===null||t.sessionKwh<Ws)return"";let a=t.sessionSolarPct===null?"":` · ${b(t.sessionSolarPct,0,n)} % ${e("sun")}`;return`${b(t.sessionKwh,1,n)} kWh ${e("session")}${a}`}var Ie={styles:Es,render:Rs};var ea=g`
  .plan summary {
    display: grid;
    grid-template-columns: 18px minmax(0, 1fr) 20px;
    gap: 8px;
    align-items: center;
    min-height: 40px;
    padding: 0 10px 0 12px;
    border: 1px solid var(--fb-line);
    border-radius: 10px;
    color: var(--fb-dim);
    cursor: pointer;
    list-style: none;
    --mdc-icon-size: 18px;
  }
  .plan summary::-webkit-details-marker {
    display: none;
  }
  .plan summary span {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .plan.set summary b {
    font-weight: 500;
    color: var(--fb-text);
  }
  .plan[open] summary span {
    padding: 8px 0;
    white-space: normal;
  }
  .plan[open] .turn {
    transform: rotate(180deg);
  }
  .controls .line:has(.plan[open]) {
    grid-template-columns: minmax(0, 1fr);
  }
  form {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(150px, 1fr));
    gap: 8px 12px;
    padding: 8px 0 2px;
    align-items: end;
    font-size: 13px;
  }
  form label {
    display: grid;
    gap: 2px;
    min-width: 0;
  }
  /* Three digits, a decimal and the unit fit, also on a phone. */
  .much {
    min-width: 150px;
  }
  input[type="number"] {
    appearance: textfield;
  }
  .amount {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
  }
  .field {
    box-sizing: border-box;
    width: 100%;
    min-width: 0;
    height: 40px;
    padding: 0 10px;
    border: 1px solid var(--fb-dim);
    border-radius: 10px;
    font: inherit;
    font-size: 14px;
    color: var(--fb-text);
    background: var(--fb-card);
    color-scheme: inherit;
  }
  .amount .field:first-child {
    border-start-end-radius: 0;
    border-end-end-radius: 0;
    border-inline-end: none;
  }
  .amount .field:last-child {
    border-start-start-radius: 0;
    border-end-start-radius: 0;
  }
  .does {
    display: grid;
    grid-auto-flow: column;
    grid-auto-columns: 1fr;
    gap: 8px;
  }
  .does button {
    min-height: 40px;
    padding: 0 10px;
    border: 1px solid var(--fb-line);
    border-radius: 10px;
  }
  .does .main {
    border-color: transparent;
    background: color-mix(in srgb, var(--fb-accent) 20%, var(--fb-card));
    font-weight: 600;
  }
`;function L(t,e,n){let a={load:t.load,control:e,value:n};t.dispatchEvent(new CustomEvent("fusebox-wanted",{detail:a,bubbles:!0,composed:!0}))}var Ps={energy_kwh:"kWh",soc_target_pct:"%",hours:"h"},Hs="07:00";function Ls(t,e){let{load:n,say:a,asks:s}=t,r=Pe(e),i=I(s,v(n,"plan")),o=qs(n),l=o.find(d=>e.asked[d]!==void 0)??o[0];return u`<details class="plan ${r?"set":""}">
    <summary ?data-pending=${i}>
      <ha-icon icon=${r?"mdi:calendar-clock":"mdi:calendar-plus"}></ha-icon>
      <span title=${M(e.reason,a,t.language)}>
        <b>${E(a,"plan",e.state)}</b>${Ns(e,t.priceUnit,a,t.language)}
      </span>
      <ha-icon class="turn" icon="mdi:chevron-down"></ha-icon>
    </summary>
    <form @submit=${d=>Is(t,d)}>
      <label><span class="dim">${a("ready_by")}</span><input class="field" name="ready_by" type="time" required value=${e.asked.readyBy??Hs} /></label>
      <label class="much">
        <span class="dim">${a("how_much")}</span>
        <span class="amount">
          <input class="field" name="amount" type="number" min="0.5" step="0.5" required inputmode="decimal" value=${(l&&e.asked[l])??""} />
          <select class="field" name="unit" aria-label=${a("unit")}>
            ${o.map(d=>u`<option value=${d} ?selected=${d===l}>${Ps[d]}</option>`)}
          </select>
        </span>
      </label>
      ${t.priceUnit===""?_:u`<label>
            <span class="dim">${a("at_most")} ${t.priceUnit}</span>
            <input class="field" name="max_price" type="number" step="0.001" inputmode="decimal" value=${e.asked.max_price??""} />
          </label>`}
      <div class="does">
        <button class="main" type="submit">${a("set_plan")}</button>
        ${r?u`<button type="button" @click=${()=>L(t,"plan","")}>${a("clear_plan")}</button>`:_}
      </div>
    </form>
  </details>`}function Ns(t,e,n,a){let s=M(t.reason,n,a);if(s!=="")return` · ${s}`;let[r=""]=e.split("/");return t.cost===null?"":` · ${b(t.cost,2,a)} ${r}`.trimEnd()}function qs(t){return t.currentA===null?["hours","energy_kwh"]:["energy_kwh","soc_target_pct"]}function Is(t,e){e.preventDefault();let n=new FormData(e.target),a=s=>String(n.get(s)??"");L(t,"plan",yn(a("ready_by"),Number(a("amount")),a("unit"),a("max_price")))}var Fe={styles:ea,render:Ls};var Q={ATTRIBUTE:1,CHILD:2,PROPERTY:3,BOOLEAN_ATTRIBUTE:4,EVENT:5,ELEMENT:6},Ue=t=>(...e)=>({_$litDirective$:t,values:e}),re=class{constructor(e){}get _$AU(){return this._$AM._$AU}_$AT(e,n,a){this._$Ct=e,this._$AM=n,this._$Ci=a}_$AS(e,n){return this.update(e,n)}update(e,n){return this.render(...n)}};var{I:Oo}=Xt;var ta=t=>t.strings===void 0;var Fs={},na=(t,e=Fs)=>t._$AH=e;var bt=Ue(class extends re{constructor(t){if(super(t),t.type!==Q.PROPERTY&&t.type!==Q.ATTRIBUTE&&t.type!==Q.BOOLEAN_ATTRIBUTE)throw Error("The `live` directive is not allowed on child or event bindings");if(!ta(t))throw Error("`live` bindings can only contain a single expression")}render(t){return t}update(t,[e]){if(e===$||e===_)return e;let n=t.element,a=t.name;if(t.type===Q.PROPERTY){if(e===n[a])return $}else if(t.type===Q.BOOLEAN_ATTRIBUTE){if(!!e===n.hasAttribute(a))return $}else if(t.type===Q.ATTRIBUTE&&n.getAttribute(a)===e+"")return $;return na(t),e}});var Us=g`
  .slider {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr) 40px;
    gap: 8px;
    align-items: center;
    font-size: 13px;
  }
  input[type="range"] {
    appearance: none;
    width: 100%;
    height: 40px;
    margin: 0;
    background: linear-gradient(90deg, var(--fb-accent) var(--part), var(--fb-track) var(--part)) center / 100% 6px no-repeat;
    cursor: pointer;
  }
  input::-webkit-slider-thumb {
    appearance: none;
    width: 22px;
    height: 22px;
    border: 2px solid var(--fb-card);
    border-radius: 50%;
    background: var(--fb-accent);
  }
  input::-moz-range-thumb {
    width: 20px;
    height: 20px;
    border: 2px solid var(--fb-card);
    border-radius: 50%;
    background: var(--fb-accent);
  }
`;function Bs(t,e){let{load:n,say:a,asks:s,language:r}=t,i=q(s,v(n,"max"),e.max),o=p=>`${b(p,p%1===0?0:1,r)} A`,l=p=>{let m=p.target,h=m.nextElementSibling;m.style.setProperty("--part",aa(e,Number(m.value))),h!==null&&(h.textContent=o(Number(m.value)))},d=p=>L(t,"max",Number(p.target.value));return u`<label class="slider">
    <span class="dim">${a("at_most")}</span>
    <input
      type="range"
      min=${e.min}
      max=${e.top}
      step="1"
      .value=${bt(String(i))}
      style="--part: ${aa(e,i)}"
      aria-valuetext=${o(i)}
      ?data-pending=${I(s,v(n,"max"))}
      @input=${l}
      @change=${d}
    />
    <output class="number" .textContent=${bt(o(i))}></output>
  </label>`}function aa(t,e){return`${(100*(e-t.min)/(t.top-t.min||1)).toFixed(1)}%`}var Be={styles:Us,render:Bs};var Ds=5,Ks=g`
  .controls {
    display: grid;
    gap: 6px;
    padding: 6px 0 0 46px;
  }
  .line {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    gap: 12px;
    align-items: start;
  }
  .line.end {
    grid-template-columns: minmax(0, 1fr) auto;
  }
  .line .said {
    align-self: center;
  }
  .boost {
    display: flex;
    align-items: center;
    gap: 6px;
    min-height: 40px;
    padding: 0 12px;
    border: 1px solid var(--fb-line);
    border-radius: 10px;
    color: var(--fb-dim);
    --mdc-icon-size: 18px;
  }
  .boost[aria-pressed="true"] {
    background: color-mix(in srgb, var(--fb-accent) 20%, transparent);
    color: var(--fb-text);
    font-weight: 600;
  }
  @container (max-width: 420px) {
    .controls {
      padding-inline-start: 0;
    }
  }
`;function Gs(t){let{load:e}=t,n=e.boosted!==null,a=Ie.render(e,t.asks,t.say,t.language),s=e.plan===null?_:Fe.render(t,e.plan),r=e.currentA===null?_:Be.render(t,e.currentA),i=r===_?s===_?a:s:r,o=i===r&&e.plan!==null&&!Pe(e.plan);return u`<div class="controls">
    ${e.modes.length>1?Vs(t,n):_}
    ${n?u`<div class="line"><span>${Ys(t)}</span> ${i}</div>`:i}
    ${e.canSwitchPhases?Zs(t):_} ${i===r&&!o?s:_}
    ${o?u`<div class="line end">${a} ${s}</div>`:i===a?_:a}
  </div>`}function Vs(t,e){let{load:n,say:a,asks:s}=t,r=q(s,v(n,"mode"),n.mode),i=n.modes.filter(o=>!(e&&o==="boost"));return u`<div class="choices ${i.length>Ds?"many":""}" role="group" aria-label=${a("mode")}>
    ${i.map(o=>u`<button
        aria-pressed=${o===r?"true":"false"}
        ?data-pending=${o===r&&I(s,v(n,"mode"))}
        @click=${()=>L(t,"mode",o)}
      >
        ${E(a,"mode",o)}
      </button>`)}
  </div>`}function Ys(t){let{load:e,say:n,asks:a}=t,s=q(a,v(e,"boost"),e.boosted===!0);return u`<button
    class="boost"
    aria-pressed=${s?"true":"false"}
    ?data-pending=${I(a,v(e,"boost"))}
    @click=${()=>L(t,"boost",!s)}
  >
    <ha-icon icon=${s?"mdi:flash":"mdi:flash-outline"}></ha-icon>${n("boost")}
  </button>`}function Zs(t){let{load:e,say:n,asks:a}=t,s=q(a,v(e,"phases"),e.phasesUsed??0),r=I(a,v(e,"phases"));return u`<div class="choices" role="group" aria-label=${n("phases")}>
    ${[1,e.phases.length].map(i=>u`<button
        aria-pressed=${i===s?"true":"false"}
        ?data-pending=${i===s&&r}
        @click=${()=>L(t,"phases",i)}
      >
        ${i===1?n("one_phase"):n("phase_count",i)}
      </button>`)}
  </div>`}var yt={styles:Ks,render:Gs};function sa(t,e,n){if(t.share===null||t.share===0)return"";if(t.unit==="W")return e("may_have",S(t.share,n));let a=Sn(t);return e("may_have",`${b(t.share,1,n)} A${a>1?` × ${a}`:""}`)}var kt=class extends y{constructor(){super(...arguments);this.toggle=()=>{this.open=!this.open}}static{this.properties={load:{attribute:!1},asks:{attribute:!1},say:{attribute:!1},language:{},priceUnit:{},pinned:{type:Boolean},open:{state:!0}}}static{this.styles=[A,g`
      .head {
        display: grid;
        grid-template-columns: 36px minmax(0, 1fr) auto 20px;
        column-gap: 10px;
        width: 100%;
        align-items: center;
        text-align: start;
      }
      .icon {
        display: grid;
        place-items: center;
        width: 36px;
        height: 36px;
        border-radius: 50%;
        background: var(--c);
        color: #fff;
        --mdc-icon-size: 20px;
      }
      .resting .icon {
        background: none;
        color: var(--c);
        box-shadow: inset 0 0 0 2px var(--c);
      }
      .title {
        font-weight: 500;
        font-size: 15px;
      }
      .title,
      .state,
      .reason {
        display: block;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .state {
        font-size: 13px;
      }
      .number b {
        display: block;
        font-size: 16px;
        font-weight: 500;
      }
      .number small {
        font-size: 12px;
        color: var(--fb-dim);
      }
      .reason {
        padding-inline-start: 46px;
        font-size: 13px;
        min-height: 1.4em;
      }
      .open .reason {
        white-space: normal;
      }
      .bad {
        color: var(--fb-bad);
        --mdc-icon-size: 15px;
      }
    `,Ie.styles,Be.styles,Fe.styles,yt.styles]}render(){let{load:n,say:a}=this,s=!["charging","on","switching"].includes(n.status),r=["fault","blind","unavailable"].includes(n.status),i=q(this.asks,v(n,"mode"),n.mode);return u`<section class="${s?"resting":""} ${this.open?"open":""}" style="--c: ${n.colour}">
      <button class="head" aria-expanded=${this.open?"true":"false"} @click=${this.toggle}>
        <span class="icon"><ha-icon icon=${n.icon}></ha-icon></span>
        <span style="min-width: 0">
          <span class="title">${n.title}</span>
          <span class="state dim">
            ${r?u`<ha-icon class="bad" icon="mdi:alert"></ha-icon>`:_}
            ${E(a,"status",n.status)}${i===""?"":` · ${E(a,"mode",i)}`}
          </span>
        </span>
        <span class="number">
          <b>${S(n.drawW,this.language)}</b>
          <small>${sa(n,a,this.language)}</small>
        </span>
        <ha-icon class="dim" icon=${this.open?"mdi:chevron-up":"mdi:chevron-down"}></ha-icon>
      </button>
      <p class="reason dim">${M(n.reason,a,this.language)}</p>
      ${this.open||this.pinned?yt.render(this):_}
    </section>`}};w("fusebox-card-load",kt);var vt=class extends y{static{this.properties={group:{attribute:!1},say:{attribute:!1}}}static{this.styles=[A,g`
      ul {
        display: flex;
        flex-wrap: wrap;
        gap: 6px 14px;
        margin: 8px 0 0;
        padding: 0;
        list-style: none;
      }
      li {
        display: flex;
        align-items: center;
        gap: 6px;
        font-size: 13px;
      }
      i {
        position: relative;
        box-sizing: border-box;
        width: 14px;
        height: 14px;
        border-radius: 50%;
        border: 2px solid var(--fb-dim);
      }
      .on i {
        background: var(--state-climate-heat-color, #ff8100);
        border-color: var(--state-climate-heat-color, #ff8100);
      }
      .waits i {
        border-color: var(--state-climate-heat-color, #ff8100);
        background: linear-gradient(90deg, var(--state-climate-heat-color, #ff8100) 50%, transparent 50%);
      }
      .line {
        display: flex;
        justify-content: space-between;
      }
      ha-icon {
        --mdc-icon-size: 14px;
      }
      small {
        font-size: 12px;
      }
    `]}render(){let{group:e,say:n}=this,a=e.dots.filter(s=>s.is==="on").length;return u`
      <div class="line">
        <h3>${e.title?`${n("radiators")}: ${e.title}`:n("radiators")}</h3>
        <span class="dim">${a}${e.allowed===null?"":` ${n("of_fuse",e.allowed)}`}</span>
      </div>
      <ul>
        ${e.dots.map(s=>this.dot(s))}
      </ul>
    `}dot(e){let n=this.say(`rad_${e.is}`);return u`<li class=${e.is}>
      <i></i><span>${e.name} <small class="dim">${n}</small></span>
      ${e.boosted?u`<ha-icon icon="mdi:flash" title=${this.say("boost")}></ha-icon>`:_}
    </li>`}};w("fusebox-card-radiators",vt);var wt=class extends y{static{this.properties={tariff:{attribute:!1},say:{attribute:!1},language:{}}}static{this.styles=[A,g`
      .line {
        display: flex;
        justify-content: space-between;
        gap: 8px;
        align-items: baseline;
      }
      .bar {
        position: relative;
        height: 12px;
        margin: 6px 0;
        border-radius: 6px;
        background: var(--fb-track);
      }
      .bar span {
        position: absolute;
        inset-block: 0;
        left: 0;
        border-radius: 6px;
        background: var(--energy-grid-consumption-color, #488fc2);
        transition: width 0.6s;
      }
      .bar .beyond {
        background: var(--fb-bad);
      }
      .bar .cut {
        border-start-end-radius: 0;
        border-end-end-radius: 0;
      }
      .bar i {
        position: absolute;
        inset-block: -3px;
        width: 3px;
        margin-inline-start: -1.5px;
        border-radius: 2px;
        background: var(--fb-text);
      }
      .bar .month {
        width: 2px;
        background: var(--fb-dim);
      }
      b {
        font-weight: 500;
        font-size: 16px;
      }
      small {
        font-size: 12.5px;
      }
    `]}render(){let{tariff:e,say:n}=this,{projectedKw:a,targetKw:s,monthKw:r}=e,{withinKw:i,beyondKw:o,endKw:l}=On(e),d=p=>`${(100*p/l).toFixed(1)}%`;return u`
      <div class="line">
        <h3>${n("window",e.windowMin)}</h3>
        <span><b>${this.kw(a)}</b> <small class="dim">${n("of_fuse",this.kw(s))}</small></span>
      </div>
      <div class="bar" role="img" aria-label="${this.kw(a)} ${n("of_fuse",this.kw(s))}">
        ${o>0?u`<span class="beyond" style="width: ${d(i+o)}"></span>`:_}
        <span class=${o>0?"cut":""} style="width: ${d(i)}"></span>
        ${r===null||r<=0?_:u`<i class="month" style="left: ${d(r)}"></i>`}
        ${s===null?_:u`<i style="left: ${d(s)}"></i>`}
      </div>
      <div class="line dim">
        <small>${n("window_left",Math.ceil(e.leftS/60))}</small>
        <small>${n("month_peak")} ${this.kw(r)}</small>
      </div>
    `}kw(e){return`${b(e,1,this.language)} kW`}};w("fusebox-card-tariff",wt);var Xs={},ra=Ue(class extends re{constructor(){super(...arguments),this.ot=Xs}render(t,e){return e()}update(t,[e,n]){if(Array.isArray(e)){if(Array.isArray(this.ot)&&this.ot.length===e.length&&e.every((a,s)=>a===this.ot[s]))return $}else if(this.ot===e)return $;return this.ot=Array.isArray(e)?Array.from(e):e,this.render(e,n)}});var z="total";function At(t,e){let n=Js(t),a=t.map(i=>e===z?Qs(i):er(i,e)),s=n.map(i=>({...i,spans:a.map(o=>o===null?null:o.spans.get(i.key)??null)})),r=[{key:"grid",colour:"var(--primary-text-color)",values:a.map(i=>i?.grid??null)}];return a.some(i=>i?.sun!=null)&&r.push({key:"sun",colour:U,values:a.map(i=>i?.sun??null)}),{times:t.map(i=>i.atMs),layers:s.filter(i=>i.spans.some(o=>o!==null&&o[1]-o[0]>0)),lines:r}}function Js(t){let e=new Map(t.flatMap(n=>n.loads).map(n=>[n.entity,n]));return[{key:"house",colour:F,title:""},...[...e.values()].map(({entity:n,colour:a,title:s})=>({key:n,colour:a,title:s})),{key:"battery",colour:B,title:""}]}function Qs(t){let e=Te(t.site,t.loads),n=je(t.site);if(e===null||n===null)return null;let a=new Map,s=0;for(let r of e.to)a.set(r.key,[s,s+r.watts]),s+=r.watts;return{spans:ia(a,t,s),grid:n,sun:t.site.solarW}}function er(t,e){let n=t.site.gridA[e]??null;if(n===null)return null;let a=pt(t.site,t.loads,e),s=Math.max(a??0,0),r=_t(n,he(e,t.loads),a),i=new Map(r.map(o=>[o.key,[o.fromA+s,o.toA+s]]));return{spans:ia(i,t,(r.at(-1)?.toA??0)+s),grid:n,sun:a===null?null:s}}function ia(t,e,n){let a=new Map,s=t.values().next().value?.[0]??Math.min(n,0);for(let r of["house",...e.loads.map(i=>i.entity),"battery"]){let i=t.get(r)??[s,s];a.set(r,i),s=i[1]}return a}function oa(t,e){let n=[...t.layers.flatMap(m=>m.spans.flatMap(h=>h===null?[]:[...h])),...t.lines.flatMap(m=>m.values.filter(h=>h!==null))],a=Math.max(0,...n),s=e.filter(m=>m<=Math.max(a,1)*3),r=Math.max(a,...s.map(m=>m*1.05))||1,i=Math.min(0,...n),o=tr((r-i)/5),l=Math.floor(i/o+1e-9),d=Math.ceil(r/o-1e-9),p=Array.from({length:d-l+1},(m,h)=>(l+h)*o);return{low:l*o,high:d*o,ticks:p}}function la(t,{high:e}){return t.filter(n=>n<=e)}function tr(t){let e=10**Math.floor(Math.log10(t)),n=t/e;return e*(n<=1?1:n<=2?2:n<=5?5:10)}var da=72;function xt(t,e){let n=e*36e5/da,a=Math.floor(t/n)*n;return Array.from({length:da},(s,r)=>a-r*n)}async function De(t,e,n){let a=await t.callWS({type:"history/history_during_period",start_time:new Date(e).toISOString(),end_time:new Date(e+1).toISOString(),entity_ids:[W,...n],significant_changes_only:!1});return nr(a,e,n)}function nr(t,e,n){let a={};for(let[s,r]of Object.entries(t)){let i=r[0];i!==void 0&&(a[s]={entity_id:s,state:i.s,attributes:i.a??{},last_changed:""})}return a[W]===void 0?null:$t(a,e,n)}function $t(t,e,n){let a=ze(t),s=n.flatMap((r,i)=>{let o=t[r];return o===void 0?[]:[Le(o,a,i,t)]});return{atMs:e,site:a,loads:s}}var St=3,ar=2e3,ua=new Map,sr=new Set(["limited","shed","blind","recovered","escalated"]);async function ma(t,e){try{let n=await t.callWS({type:"logbook/get_events",start_time:new Date(e).toISOString(),entity_ids:[W]});return await Promise.all(rr(n).map((a,s)=>s<St?ir(t,a):a))}catch{return[]}}function rr(t){return t.flatMap(({when:n,name:a="",message:s=""})=>{let[r=""]=s.split(":",1);if(n===void 0||!sr.has(r))return[];let i=a.replace(/^Fusebox ?/,"");return[{atMs:n*1e3,kind:r,load:i==="site"?"":i,reason:{...Re,sentence:s.slice(r.length+1).trim()}}]}).sort((n,a)=>a.atMs-n.atMs)}async function ir(t,e){let n=e.load===""?W:`sensor.fusebox_${e.load}`,a=`${n} ${e.atMs}`,s=ua.get(a);if(s===void 0){let r=await De(t,e.atMs+ar,e.load===""?[]:[n]);s=(e.load===""?r?.site.reason:r?.loads[0]?.reason)??Re,ua.set(a,s)}return{...e,reason:or(e,s)}}function or({load:t,reason:e},n){let a=e.sentence.startsWith(`${t}: `)?e.sentence.slice(t.length+2):e.sentence;return(n.sentence===a||n.sentence.startsWith(`${a}; `))&&a!==""?{...n,sentence:a}:{...Re,sentence:a}}var ee=1e3,Ke=300;function j(t,e){return ee*(e-t.fromMs)/(t.toMs-t.fromMs)}function fe(t,e){let{low:n,high:a}=t.scale;return Ke*(1-(e-n)/(a-n))}function pa(t,e,n){return N`
    ${e.scale.ticks.map(a=>N`<line class="tick" x1="0" x2=${ee} y1=${fe(e,a)} y2=${fe(e,a)} />`)}
    ${t.layers.map(a=>N`<path class="layer" fill=${a.colour} d=${lr(t,a,e)} />`)}
    ${n.map(a=>N`<line class="limit" x1="0" x2=${ee} y1=${fe(e,a)} y2=${fe(e,a)} />`)}
    ${t.lines.map(a=>N`<path class=${a.key} stroke=${a.colour} d=${dr(t,a.values,e)} />`)}
  `}function lr(t,e,n){return _a(e.spans).map(a=>{let s=a.map(i=>Ot(t,n,i,e.spans[i]?.[1]??0)),r=a.map(i=>Ot(t,n,i,e.spans[i]?.[0]??0)).reverse();return`M${[...s,...r].join("L")}Z`}).join("")}function dr(t,e,n){return _a(e).map(a=>`M${a.map(s=>Ot(t,n,s,e[s]??0)).join("L")}`).join("")}function Ot(t,e,n,a){return`${j(e,t.times[n]??0).toFixed(1)} ${fe(e,a).toFixed(1)}`}function _a(t){let e=[];return t.forEach((n,a)=>{n!==null&&(a>0&&t[a-1]!==null?e.at(-1)?.push(a):e.push([a]))}),e}var ca=4;function ha(t,e){let n=t.loads.filter(a=>(a.plan?.slots.length??0)>0);return u`
    ${n.map(a=>u`<p class="caption">${a.title} <span class="dim">${ur(a.plan?.slots??[],t)}</span></p>
        <div class="lane" role="img" aria-label=${`${a.title} ${a.plan===null?"":M(a.plan.reason,t.say,t.language)}`}>
        ${(a.plan?.slots??[]).map(s=>u`<span title=${a.title} style="--c: ${a.colour}; ${ga(s,e)}"></span>`)}
      </div>`)}
    ${mr(t,e)}
  `}function ur(t,{language:e,zone:n}){let a=vn(t).map(({startMs:s,endMs:r})=>`${K(s,e,n)}–${K(r,e,n)}`);return[...a.slice(0,ca),...a.length>ca?["…"]:[]].join(", ")}function mr({prices:t,priceUnit:e,say:n,language:a},s){let r=t.filter(p=>p.endMs>s.fromMs&&p.startMs<s.toMs);if(r.length===0)return _;let i=r.map(p=>p.price??0),o=Math.max(...i,.01),l=Math.min(...i,0),d=`${b(Math.min(...i),2,a)} – ${b(Math.max(...i),2,a)} ${e}`.trimEnd();return u`<p class="caption dim">${n("price")} ${d}</p>
    <div class="prices" role="img" aria-label="${n("price")} ${d}">
    ${r.map(p=>{let m=100*((p.price??0)-l)/(o-l);return u`<span title=${b(p.price,3,a)} style="height: ${m.toFixed(1)}%; ${ga(p,s)}"></span>`})}
  </div>`}function ga(t,e){let n=Math.max(j(e,t.startMs)/10,0),a=Math.min(j(e,t.endMs)/10,100);return`left: ${n.toFixed(2)}%; width: ${Math.max(a-n,0).toFixed(2)}%`}var fa=g`
  .top {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 12px;
  }
  .choices {
    flex: 0 1 240px;
  }
  .choices button {
    min-height: 32px;
  }
  .readout {
    display: flex;
    flex-wrap: wrap;
    align-content: flex-start;
    gap: 0 12px;
    min-height: 2.8em;
    margin: 8px 0 6px;
    font-size: 13px;
  }
  .readout b {
    font-weight: 500;
  }
  .readout i {
    display: inline-block;
    width: 9px;
    height: 9px;
    margin-inline-end: 4px;
    border-radius: 2px;
  }
  .readout i.limit {
    height: 0;
    border-top: 2px dashed var(--fb-bad);
    border-radius: 0;
    vertical-align: middle;
  }
  /* Left of the picture is the place of its numbers: nothing is written over what it shows. */
  .picture,
  .times,
  .lane,
  .prices {
    margin-inline-start: 38px;
  }
  .picture {
    position: relative;
    height: 190px;
    touch-action: pan-y;
  }
  svg {
    display: block;
    width: 100%;
    height: 100%;
    overflow: visible;
  }
  svg * {
    vector-effect: non-scaling-stroke;
  }
  .layer {
    opacity: 0.85;
  }
  .tick {
    stroke: var(--fb-line);
    stroke-width: 1;
  }
  .limit {
    stroke: var(--fb-bad);
    stroke-width: 1.5;
    stroke-dasharray: 6 4;
  }
  .grid,
  .sun {
    fill: none;
    stroke-width: 1.8;
    stroke-linejoin: round;
  }
  .cursor {
    stroke: var(--fb-dim);
    stroke-width: 1;
  }
  .y {
    position: absolute;
    inset-inline-start: -38px;
    width: 34px;
    text-align: end;
    white-space: nowrap;
    font-size: 11px;
    line-height: 14px;
    transform: translateY(-50%);
    color: var(--fb-dim);
    pointer-events: none;
  }
  .caption {
    margin-top: 6px;
    font-size: 12.5px;
  }
  @container (min-width: 1250px) {
    .picture {
      height: 260px;
    }
  }
  .mark {
    position: absolute;
    top: -2px;
    width: 0;
    margin-inline-start: -5px;
    border: 5px solid transparent;
    border-top-color: var(--fb-warn);
  }
  .mark.blind,
  .mark.escalated {
    border-top-color: var(--fb-bad);
  }
  .mark.recovered {
    border-top-color: var(--fb-good);
  }
  .times {
    position: relative;
    height: 16px;
    font-size: 11.5px;
    color: var(--fb-dim);
    overflow: hidden;
  }
  .times span {
    position: absolute;
    transform: translateX(-50%);
  }
  .lane {
    position: relative;
    height: 12px;
    margin-top: 2px;
    background: var(--fb-track);
    border-radius: 4px;
  }
  .lane span {
    position: absolute;
    inset-block: 0;
    border-radius: 4px;
    background: var(--c);
  }
  .prices {
    position: relative;
    height: 40px;
    margin-top: 2px;
  }
  .prices span {
    position: absolute;
    bottom: 0;
    background: color-mix(in srgb, var(--fb-accent) 55%, transparent);
  }
  .events {
    margin: 8px 0 0;
    padding: 0;
    list-style: none;
    font-size: 13px;
  }
  .events li {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .events i {
    display: inline-block;
    width: 8px;
    height: 8px;
    margin-inline-end: 6px;
    border-radius: 50%;
    background: var(--fb-warn);
  }
  .events .blind,
  .events .escalated {
    background: var(--fb-bad);
  }
  .events .recovered {
    background: var(--fb-good);
  }
`;var Mt=class extends y{constructor(){super();this.made=null;this.view=z,this.at=-1}static{this.properties={shown:{attribute:!1},now:{attribute:!1},say:{attribute:!1},language:{},zone:{},view:{state:!0},at:{state:!0}}}static{this.styles=[A,fa]}render(){let{say:n,view:a}=this,s=[z,...this.shown.phases.length>1?this.shown.phases:[]],r=this.chart(a),i=oa(r,this.limits()),o=la(this.limits(),i),{nowMs:l,hours:d,prices:p,loads:m}=this.shown,h=wn(l,d,p,m),k={fromMs:l-d*D,toMs:h,scale:i};return u`
      <div class="top">
        <h3>${n("today")}</h3>
        ${s.length>1?u`<div class="choices">
              ${s.map(x=>u`<button aria-pressed=${x===a?"true":"false"} @click=${()=>this.turn(x)}>
                  ${x===z?n("total"):x}
                </button>`)}
            </div>`:_}
      </div>
      ${this.readout(r,o)}
      ${ra([this.shown,a,this.at,n],()=>u`${this.picture(r,k,o)} ${ha({...this.shown,say:n,language:this.language,zone:this.zone},k)} ${this.happenings()}`)}
    `}chart(n){return(this.made?.of!==this.shown||this.made.view!==n)&&(this.made={of:this.shown,view:n,chart:At(this.shown.looks,n)}),this.made.chart}turn(n){this.view=n,this.at=-1}limits(){let n=this.view===z?this.shown.targetW:this.shown.fuseA;return n===null?[]:[n]}unit(n){return this.view===z?S(n,this.language):R(n,this.language)}readout(n,a){let s=this.at<0?At([this.now],this.view):n,r=this.at<0?0:Math.min(this.at,s.times.length-1),i=s.times[r];if(i===void 0)return u`<p class="readout dim">${this.say("no_history")}</p>`;let o=this.at<0?this.say("now"):K(i,this.language,this.zone),l=s.lines.find(p=>p.key==="grid")?.values[r]??null,d=s.layers.flatMap(p=>{let m=p.spans[r],h=m==null?0:m[1]-m[0];return h>0?[{layer:p,height:h}]:[]});return u`<p class="readout">
      <span>${o}</span><b>${this.say("grid")} ${this.unit(l)}</b>
      ${a.map(p=>u`<span><i class="limit"></i>${this.say(this.view===z?"target":"fuse")} ${this.unit(p)}</span>`)}
      ${d.map(({layer:p,height:m})=>u`<span><i style="background: ${p.colour}"></i>${p.title||this.say(p.key==="house"?"house":"battery")} ${this.unit(m)}</span>`)}
    </p>`}picture(n,a,s){let r=this.at<0?this.shown.nowMs:n.times[this.at]??this.shown.nowMs,{low:i,high:o}=a.scale,l=d=>100*(1-(d-i)/(o-i));return u`
      <div
        class="picture"
        role="slider"
        tabindex="0"
        aria-label="${this.say("today")}, ${this.view===z?this.say("total"):this.view}"
        aria-valuemin="0"
        aria-valuemax=${Math.max(n.times.length-1,0)}
        aria-valuenow=${this.at<0?Math.max(n.times.length-1,0):this.at}
        aria-valuetext=${K(r,this.language,this.zone)}
        @pointermove=${d=>this.point(d,n,a)}
        @pointerdown=${d=>this.point(d,n,a)}
        @pointerleave=${()=>{this.at=-1}}
        @keydown=${d=>this.key(d,n)}
      >
        <svg viewBox="0 0 ${ee} ${Ke}" preserveAspectRatio="none" aria-hidden="true">
          ${pa(n,a,s)}
          ${N`<line class="cursor" x1=${j(a,r)} x2=${j(a,r)} y1="0" y2=${Ke} />`}
        </svg>
        ${a.scale.ticks.map(d=>u`<span class="y" style="top: ${l(d)}%">${this.tick(d)}${d===o?` ${this.view===z?"kW":"A"}`:""}</span>`)}
        ${this.shown.events.filter(d=>d.atMs>=a.fromMs).map(d=>u`<span class="mark ${d.kind}" style="left: ${j(a,d.atMs)/10}%" title=${M(d.reason,this.say,this.language)}></span>`)}
      </div>
      <div class="times" aria-hidden="true">${pr(a).map(d=>u`<span style="left: ${j(a,d)/10}%">${K(d,this.language,this.zone)}</span>`)}</div>
    `}tick(n){let a=this.view===z?n/1e3:n;return b(a,Number.isInteger(a)?0:1,this.language)}point(n,a,s){let r=n.currentTarget.getBoundingClientRect(),i=s.fromMs+(n.clientX-r.left)/r.width*(s.toMs-s.fromMs),o=0;a.times.forEach((l,d)=>{Math.abs(l-i)<Math.abs((a.times[o]??0)-i)&&(o=d)}),this.at=o}key(n,a){let s={ArrowLeft:-1,ArrowRight:1}[n.key];if(s===void 0)return;n.preventDefault();let r=a.times.length-1,i=(this.at<0?r:this.at)+s;this.at=i>=r?-1:Math.max(i,0)}happenings(){return this.shown.events.length===0?_:u`<ul class="events">
      ${this.shown.events.slice(0,St).map(n=>{let a=n.load===""?"":`${n.load.replaceAll("_"," ")} `,s=M(n.reason,this.say,this.language);return u`<li class="dim" title=${s}>
          <i class=${n.kind}></i>${K(n.atMs,this.language,this.zone)} ${a}${E(this.say,"event",n.kind)}:
          ${s}
        </li>`})}
    </ul>`}};function pr(t){let e=Math.max(1,Math.ceil((t.toMs-t.fromMs)/D/6)),n=Math.ceil(t.fromMs/D)*D,a=[];for(let s=n;s<=t.toMs;s+=e*D)a.push(s);return a.filter(s=>j(t,s)>.04*ee&&j(t,s)<.97*ee)}w("fusebox-card-today",Mt);var ba=g`
  .row {
    display: grid;
    grid-template-columns: 24px minmax(0, 1fr) 66px;
    gap: 10px;
    align-items: center;
    height: 40px;
  }
  .sub .row {
    height: 28px;
  }
  .phase {
    font-weight: 500;
  }
  .bar {
    position: relative;
    height: 22px;
  }
  .sub .bar {
    height: 12px;
  }
  .track,
  .bar span {
    position: absolute;
    inset-block: 0;
    transition:
      left 0.6s,
      width 0.6s;
  }
  .track {
    background: var(--fb-track);
    border-radius: 5px;
  }
  .segment {
    background: var(--c);
    box-shadow: inset -1px 0 var(--fb-card);
  }
  .bar .free {
    box-sizing: border-box;
    display: flex;
    flex-wrap: wrap;
    justify-content: flex-end;
    padding-inline: 6px;
    overflow: hidden;
    font-size: 12px;
    line-height: 22px;
    white-space: nowrap;
    color: color-mix(in srgb, var(--fb-dim) 60%, var(--fb-text));
    transition: none;
  }
  /* Where the words do not fit beside this, they wrap to where they are not seen. */
  .bar .free::before {
    content: "";
    height: 22px;
    width: 4px;
  }
  .bar .own {
    inset-block: auto -4px;
    height: 3px;
    border-radius: 2px;
    background: var(--c);
  }
  .bar .export {
    background: var(--c), var(--fb-card);
  }
  .bar .fuse {
    width: 3px;
    margin-inline-start: -1.5px;
    inset-block: -4px;
    border-radius: 2px;
    background: var(--fb-text);
  }
  .bar .zero {
    width: 1px;
    inset-block: -3px;
    background: var(--fb-dim);
  }
  .bar .beyond {
    background: repeating-linear-gradient(-45deg, var(--fb-bad) 0 4px, transparent 4px 7px);
  }
  .over .fuse {
    background: var(--fb-bad);
  }
  .over .number b {
    color: var(--fb-bad);
  }
  .number b {
    font-size: 16px;
    font-weight: 500;
  }
  .number small {
    display: block;
    font-size: 12px;
    line-height: 1.2;
    color: var(--fb-dim);
  }
  .sub .number b {
    font-size: 14px;
  }
  h3 {
    margin-top: 6px;
    font-size: 13px;
  }
  .axis {
    position: relative;
    height: 16px;
    font-size: 11.5px;
    color: var(--fb-dim);
  }
  .axis span {
    position: absolute;
    transform: translateX(-50%);
    white-space: nowrap;
    --mdc-icon-size: 14px;
  }
  .scale {
    height: 16px;
  }
`;var Ct={sun:{icon:"mdi:white-balance-sunny",colour:U},battery:{icon:"mdi:battery-medium",colour:ae}},Wt=class extends y{static{this.properties={wires:{attribute:!1},axis:{attribute:!1},say:{attribute:!1},language:{},voltage:{type:Number},own:{}}}static{this.styles=[A,ba]}render(){return u`${this.wires.map(e=>this.wire(e))}`}wire(e){let n=e.name==="main",a=`${b(e.fuseA,e.fuseA%1===0?0:1,this.language)} A`;return u`<section class=${n?"main":"sub"}>
      ${n?_:u`<h3>${e.name.replaceAll("_"," ")} <span class="dim">${a}</span></h3>`}
      ${e.bars.map(s=>this.bar(s,n))}
      ${n?this.scale(e.fuseA,a):_}
    </section>`}bar(e,n){return u`<div class="row ${e.over?"over":""}">
      <span class="phase">${e.phase}</span>
      <div class="bar" role="img" aria-label=${this.told(e)}>
        <div class="track" style=${this.place(Math.max(this.axis.leftA,-e.fuseA),e.fuseA)}></div>
        ${n?this.free(e):_}
        ${e.segments.map(a=>u`<span
            class="segment"
            title="${this.called(a)} ${R(a.toA-a.fromA,this.language)}"
            style="--c: ${a.colour}; ${this.place(a.fromA,a.toA)}"
          ></span>`)}
        ${this.made(e)} ${e.beyondA===null?_:u`<span class="beyond" style=${this.place(...e.beyondA)}></span>`}
        ${this.axis.leftA<0?u`<span class="zero" style="left: ${this.percent(0)}%"></span>`:_}
        ${this.axis.leftA<=-e.fuseA?u`<span class="fuse" style="left: ${this.percent(-e.fuseA)}%"></span>`:_}
        <span class="fuse" style="left: ${this.percent(e.fuseA)}%"></span>
      </div>
      <span class="number">
        <b>${R(e.flowA,this.language)}</b>
        ${n?u`<small>${S(e.flowA===null?null:e.flowA*this.voltage,this.language)}</small>`:_}
      </span>
    </div>`}free({flowA:e,freeA:n,fuseA:a,over:s}){if(e===null||n===null||s)return _;let r=`${b(n,0,this.language)} A ${this.say("free")}`;return u`<span class="free" style=${this.place(Math.max(e,0),a)}>${r}</span>`}made({ownA:e,exportA:n}){if(e<ce)return _;let{colour:a}=Ct[this.own],s=`${this.say("export")} ${R(n,this.language)}`;return u`
      ${n<ce?_:u`<span class="export" title=${s} style="--c: ${Ee(ne)}; ${this.place(-n,0)}"></span>`}
      <span class="own" style="--c: ${a}; ${this.place(-e,0)}"></span>
    `}scale(e,n){return u`<div class="row scale" aria-hidden="true">
      <span></span>
      <div class="axis">
        ${this.axis.leftA<0?u`<span style="left: ${this.percent(this.axis.leftA/2)}%; color: ${Ct[this.own].colour}"><ha-icon icon=${Ct[this.own].icon}></ha-icon></span>
              <span style="left: ${this.percent(0)}%">0</span>`:_}
        <span style="left: ${this.percent(e)}%">${n}</span>
      </div>
    </div>`}percent(e){let{leftA:n,rightA:a}=this.axis;return Math.round(1e4*(Math.min(Math.max(e,n),a)-n)/(a-n))/100}place(e,n){let a=this.percent(e);return`left: ${a}%; width: ${(this.percent(n)-a).toFixed(2)}%`}called(e){return e.title||this.say(e.key==="battery"?"battery":"house")}told(e){let{say:n,language:a}=this,s=e.segments.map(o=>`${this.called(o)} ${R(o.toA-o.fromA,a)}`),r=e.exportA<ce?"":`${n("export")} ${R(e.exportA,a)}`,i=e.freeA===null?"":`${R(Math.abs(e.freeA),a)} ${n(e.freeA<0?"over":"free")}`;return[`${e.phase} ${R(e.flowA,a)} ${n("of_fuse",R(e.fuseA,a))}`,...s,r,i].filter(o=>o!=="").join(", ")}};w("fusebox-card-wire",Wt);var be=new Map,Et=4,_r=1e3;function ya(t,e,n){return xt(e,n).map(a=>be.get(Rt(t,a))).filter(a=>a!=null).reverse()}async function ka(t,e,n,a,s){let r=xt(n,a).filter(i=>!be.has(Rt(e,i)));be.size>_r&&be.clear();for(let i=0;i<r.length;i+=Et){let o=r.slice(i,i+Et);try{let l=await Promise.all(o.map(d=>De(t,d,e)));o.forEach((d,p)=>be.set(Rt(e,d),l[p]??null))}catch{return!1}i%(Et*6)===0&&s()}return r.length>0&&s(),!0}function Rt(t,e){return`${t.join(" ")} ${e}`}var cr=1e4,hr=6e4,Ge=class{constructor(e){this.host=e;this.past=[];this.events=[];this.last=null;this.asked={atMs:0,hours:0};this.asking=!1}shown(e,n,a){let s=Date.now();if(this.ask(e,n,a,s),this.last===null||this.last.hours!==a||s-this.last.nowMs>cr){let{site:r,loads:i,tariff:o}=e;this.last={looks:[...this.past,$t(n.states,s,r.loads)],loads:i,events:this.events,prices:An(n.states),priceUnit:e.priceUnit,phases:r.phases,targetW:o?.targetKw==null?null:o.targetKw*1e3,fuseA:r.fuseA,hours:a,nowMs:s}}return this.last}async ask({site:e},n,a,s){let r=s-this.asked.atMs<hr&&this.asked.hours===a;if(this.asking||r)return;this.asking=!0,this.asked={atMs:s,hours:a};let i=()=>{this.past=ya(e.loads,s,a),this.last=null,this.host.requestUpdate()};this.events=await ma(n,s-a*36e5),await ka(n,e.loads,s,a,i),this.asking=!1,i()}};var gr=3,fr=6,zt=class extends y{constructor(){super();this.seen={link:"whole",startingMs:0};this.lostMs=null;this.axis=null;this.asking=new Ce(this);this.source=new Ge(this);this.house=null,this.age=null}static{this.properties={config:{state:!0},house:{state:!0},link:{state:!0},age:{state:!0}}}static{this.styles=[A,Hn]}setConfig(n){let{hours:a}=n;if(a!==void 0&&!(a>=1&&a<=48))throw new Error(`hours: ${a} is not from 1 to 48`);this.config=n}set hass(n){this.current=n,this.house=En(n.states,this.house),this.lookAtLink(),this.asking.settle()}static getConfigForm(){return Gn(wa())}static getStubConfig(){return{}}getCardSize(){return 12}getGridOptions(){return{columns:"full",min_columns:6}}connectedCallback(){super.connectedCallback(),this.timer=setInterval(()=>{this.asking.settle(),this.lookAtLink()},1e3)}disconnectedCallback(){super.disconnectedCallback(),clearInterval(this.timer)}render(){let{house:n,current:a}=this;if(n===null||a===void 0)return _;let{site:s,loads:r}=n,i=ge(a.language),o=rt(a),l=jn(s,r);return this.axis=Pn(l,this.axis),u`<ha-card>
      <div class="parts ${this.link} ${this.age===null?"":`old-${this.age.of}`}">
        <section class="wire">
          <fusebox-card-head .site=${s} .say=${i} .language=${o} .heading=${this.config.title??""} .link=${this.link} .age=${this.age}></fusebox-card-head>
          ${s.phases.length===0?_:u`<fusebox-card-flow .site=${s} .flow=${Te(s,r)} .say=${i} .language=${o}></fusebox-card-flow>
                <fusebox-card-wire
                  .wires=${l}
                  .axis=${this.axis}
                  .say=${i}
                  .language=${o}
                  .voltage=${s.voltageV}
                  .own=${gn(s)}
                ></fusebox-card-wire>`}
          ${n.tariff===null?_:u`<fusebox-card-tariff .tariff=${n.tariff} .say=${i} .language=${o}></fusebox-card-tariff>`}
        </section>
        ${s.state==="missing"?_:u`<section class="loads">${this.loads(n,i,o)}</section>`}
        ${this.config.hide_today===!0||s.phases.length===0?_:u`<section class="today">${this.today(n,a,i)}</section>`}
      </div>
      ${cn(s,"1.0.0")?u`<footer>${i("versions","1.0.0",s.version)}</footer>`:_}
    </ha-card>`}loads({loads:n,groups:a,priceUnit:s},r,i){let o=this.config.controls??"auto",l=o==="always"||o==="auto"&&n.length<=gr;return u`
      ${n.map(d=>u`<fusebox-card-load
          .load=${d}
          .asks=${this.asking.asks}
          .priceUnit=${s}
          .say=${r}
          .language=${i}
          .pinned=${l}
        ></fusebox-card-load>`)}
      ${n.length===0?u`<p class="dim">${r("no_loads")}</p>`:_}
      ${a.map(d=>u`<fusebox-card-radiators .group=${d} .say=${r}></fusebox-card-radiators>`)}
    `}today(n,a,s){return u`<fusebox-card-today
      .now=${{atMs:Date.now(),site:n.site,loads:n.loads}}
      .shown=${this.source.shown(n,a,this.config.hours??fr)}
      .say=${s}
      .language=${rt(a)}
      .zone=${a.config?.time_zone}
    ></fusebox-card-today>`}lookAtLink(){this.current!==void 0&&(this.seen=ln(this.current,this.seen,Date.now()),this.link=this.seen.link,this.lostMs=this.link==="unreachable"?this.lostMs??Date.now():null,this.age=pn(this.age,mn(this.current.states[W],this.link,this.lostMs,Date.now())))}};function wa(){return document.documentElement.lang||"en"}w("fusebox-card",zt);Yn();var br=window.customCards??=[],va=ge(wa());br.push({type:"fusebox-card",name:va("name"),description:va("description"),preview:!0});export{zt as FuseboxCard};
